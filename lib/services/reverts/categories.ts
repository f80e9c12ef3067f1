/** Taking back a move of a category, and a change of its words and address. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { categories } from "@/db/schema/catalog";
import { editCategory } from "@/lib/services/catalog-tree";
import { putCategoryBack } from "@/lib/services/catalog-tree-again";
import type { Fields, Reversible } from "./reversible";

async function read(tx: Tx, id: string) {
  const [row] = await tx.select().from(categories).where(eq(categories.id, id));
  return row && { version: row.version, fields: row };
}

type Category = typeof categories.$inferSelect;
/** The log's values of a category are the row's own: texts, numbers, ids. */
const as = (fields: Fields) => fields as unknown as Category;

export const categoryReverts: Reversible = {
  read,
  async apply(admin, { id: categoryId, version, fields }) {
    const { name, slug, description, isActive } = as(fields);
    return (await editCategory(admin, { categoryId, version, name, slug, description, isActive })).tags;
  },
};

export const categoryMoveReverts: Reversible = {
  read,
  async apply(admin, { id: categoryId, version, fields }) {
    const { parentId, position: place } = as(fields);
    return (await putCategoryBack(admin, { categoryId, version, parentId, place })).tags;
  },
};
