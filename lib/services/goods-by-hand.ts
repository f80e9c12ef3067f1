/** Goods as somebody types them in the back office: a SKU, a product's address or its name. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

export interface Goods {
  readonly productId: string;
  readonly variantId: string;
}

/**
 * What each text means, in their order; undefined where it means nothing. A SKU means its variant, an address or a name
 * means the product and, where one variant is needed, its first that can be bought now. Case does not count.
 */
export async function goodsOf(tx: Tx, texts: readonly string[]): Promise<(Goods | undefined)[]> {
  const wanted = texts.map((text) => text.trim().toLowerCase());
  if (wanted.length === 0) return [];
  const rows = (await tx.execute(sql`
    SELECT DISTINCT ON (w.text) w.text, v.product_id AS "productId", v.id AS "variantId"
    FROM json_array_elements_text(${JSON.stringify(wanted)}::json) AS w(text)
    JOIN products p ON lower(p.slug) = w.text OR lower(p.name) = w.text
      OR p.id IN (SELECT s.product_id FROM variants s WHERE lower(s.sku) = w.text)
    JOIN variants v ON v.product_id = p.id
    WHERE w.text <> ''
    ORDER BY w.text, lower(v.sku) = w.text DESC, p.status = 'active' DESC, v.is_active DESC,
      EXISTS (SELECT FROM inventory i WHERE i.variant_id = v.id AND i.available > 0) DESC, v.position, v.id`)) as unknown as (Goods & {
    text: string;
  })[];
  return wanted.map((text) => rows.find((row) => row.text === text));
}
