/** A product of one's own as the shop would show it, whatever its status. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { type ProductView, readUnsold } from "@/lib/queries/catalog/product";
import type { Store } from "@/lib/queries/settings";
import { ownedBy } from "./scope";

/** Null for unknown ones and other owners' alike. */
export const getPreview = (staff: Staff, id: string, store: Store): Promise<ProductView | null> =>
  readUnsold(sql`products.id = ${id} and ${ownedBy(staff, "products")}`, store);
