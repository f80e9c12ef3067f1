/** Finds goods by part of a name or of a SKU, each by its own trigram index. */
import { sql } from "@/db/client";
import { type Fragment, has } from "./scope";

/** A condition on `products p`: the product, or one of its variants, holds the text. */
export const productHolds = (text: string): Fragment => sql`p.id in (
  select g.id from products g where ${has(sql`g.name`, text)} union all
  select f.product_id from variants f where ${has(sql`f.sku`, text)})`;

/** A condition on `variants v`: the variant, or the name of its product, holds the text. */
export const variantHolds = (text: string): Fragment => sql`v.id in (
  select f.id from variants f where ${has(sql`f.sku`, text)} union all
  select f.id from variants f join products g on g.id = f.product_id where ${has(sql`g.name`, text)})`;
