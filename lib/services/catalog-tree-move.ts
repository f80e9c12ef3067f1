/** Catalogue: a category is moved in its tree by an admin, by buttons or dragged, as the tree stood before them. */
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { orderWord } from "@/lib/domain/list-order";
import { type Answer, type Category, childrenOf, inTree, one, settle } from "@/lib/services/catalog-tree";

/** A move of a category; `order` is the tree that the form was drawn from. */
interface Move {
  readonly categoryId: string;
  readonly order: string;
}

/**
 * Moves a category one place: among its siblings, or a level in or out. What cannot be moved so stays.
 * @throws ShopError conflict where the tree stands otherwise than the form saw, not_found
 */
export async function moveCategory(
  admin: Admin,
  { categoryId, way, order }: Move & { way: "up" | "down" | "in" | "out" },
): Answer {
  return inTree(async (tx, all) => {
    const moved = one(all, categoryId);
    requireOrder(all, order);
    const siblings = childrenOf(all, moved.parentId);
    const place = siblings.findIndex(({ id }) => id === categoryId);
    const put = (parentId: string | null, to: number) => settle(tx, admin, all, moved, parentId, to);
    if (way === "up" || way === "down") return put(moved.parentId, place + (way === "up" ? -1 : 1));
    if (way === "in") {
      const above = siblings[place - 1];
      return above ? put(above.id, childrenOf(all, above.id).length) : [];
    }
    const parent = moved.parentId === null ? undefined : one(all, moved.parentId);
    if (!parent) return [];
    const uncles = childrenOf(all, parent.parentId);
    return put(parent.parentId, uncles.findIndex(({ id }) => id === parent.id) + 1);
  });
}

/**
 * Puts a category where another stands: `to` counts the whole tree as it was drawn, from 0.
 * @throws ShopError conflict where the tree stands otherwise than the form saw, invalid_input below itself, not_found
 */
export async function placeCategory(admin: Admin, { categoryId, to, order }: Move & { to: number }): Answer {
  return inTree(async (tx, all) => {
    const moved = one(all, categoryId);
    requireOrder(all, order);
    const target = drawn(all)[to];
    if (!target || target.id === categoryId) return [];
    const place = childrenOf(all, target.parentId).findIndex(({ id }) => id === target.id);
    return settle(tx, admin, all, moved, target.parentId, place);
  });
}

function requireOrder(all: readonly Category[], order: string): void {
  if (orderWord(drawn(all)) !== order) throw new ShopError("conflict", { what: "order of the categories" });
}

type Drawn = Category & { readonly depth: number };

/** The tree from top to bottom, as the page draws it. */
const drawn = (all: readonly Category[], parentId: string | null = null, depth = 0): Drawn[] =>
  childrenOf(all, parentId).flatMap((category) => [
    { ...category, depth },
    ...drawn(all, category.id, depth + 1),
  ]);
