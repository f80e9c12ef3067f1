/** Catalogue: a category is moved in its tree by an admin, by buttons or dragged, as the tree stood before them. */
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { placeWord } from "@/lib/domain/list-order";
import { type Answer, type Category, childrenOf, inTree, one, settle } from "@/lib/services/catalog-tree";

/** A move of a category; `place` is where the form saw it. */
interface Move {
  readonly categoryId: string;
  readonly place: string;
}

/**
 * Moves a category one place: among its siblings, or a level in or out. What cannot be moved so stays.
 * @throws ShopError conflict where it stands elsewhere than the form saw, not_found
 */
export async function moveCategory(
  admin: Admin,
  { categoryId, way, place: seen }: Move & { way: "up" | "down" | "in" | "out" },
): Answer {
  return inTree(async (tx, all) => {
    const moved = one(all, categoryId);
    requirePlace(all, moved, seen);
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
 * Puts a category where another one stands.
 * @throws ShopError conflict where one of the two stands elsewhere than the form saw, invalid_input below itself, not_found
 */
export async function placeCategory(
  admin: Admin,
  { categoryId, targetId, place: seen, targetPlace }: Move & { targetId: string; targetPlace: string },
): Answer {
  return inTree(async (tx, all) => {
    const moved = one(all, categoryId);
    const target = one(all, targetId);
    requirePlace(all, moved, seen);
    requirePlace(all, target, targetPlace);
    if (target === moved) return [];
    const place = childrenOf(all, target.parentId).findIndex(({ id }) => id === target.id);
    return settle(tx, admin, all, moved, target.parentId, place);
  });
}

function requirePlace(all: readonly Category[], { id, parentId }: Category, place: string): void {
  const siblings = childrenOf(all, parentId);
  const above = siblings[siblings.findIndex((each) => each.id === id) - 1]?.id ?? null;
  if (placeWord({ id, parentId, above }) !== place)
    throw new ShopError("conflict", { what: "order of the categories" });
}
