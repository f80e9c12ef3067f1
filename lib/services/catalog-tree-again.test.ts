/** A move and a change of a category are taken back by the log: place, address and what stands below it. */
import { asc, eq, isNull } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { categories, slugRedirects } from "@/db/schema/catalog";
import { categoryTag } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import { listCategories } from "@/lib/queries/admin/categories";
import { lastEntryBy } from "./audit";
import { revert } from "./audit-revert";
import { createCategory, editCategory, removeCategory } from "./catalog-tree";
import { moveCategory } from "./catalog-tree-move";

let world: Cast;
let root: string;
beforeAll(async () => {
  world = await cast();
});

/** Wood (Oak, Ash, Elm) and Stone, below a root of the test's own. */
beforeEach(async () => {
  root = `r${newId().slice(-12)}`;
  await createCategory(world.admin, { name: root, parentId: null });
  for (const name of ["Wood", "Stone"]) await createCategory(world.admin, { name, parentId: await id(root) });
  for (const name of ["Oak", "Ash", "Elm"])
    await createCategory(world.admin, { name, parentId: await id(`${root}/wood`) });
});

const at = async (path: string) => {
  const [row] = await db.select().from(categories).where(eq(categories.path, path));
  if (!row) throw new Error(`no category at ${path}`);
  return row;
};
const id = async (path: string) => (await at(path)).id;
const below = async (path: string) =>
  (
    await db
      .select({ slug: categories.slug })
      .from(categories)
      .where(eq(categories.parentId, await id(path)))
      .orderBy(asc(categories.position), asc(categories.name))
  ).map(({ slug }) => slug);

/** A request of its own; answers the entry that it left. */
async function entryOf(work: (admin: Admin) => Promise<unknown>): Promise<string> {
  const admin = { ...world.admin };
  await work(admin);
  return lastEntryBy(admin) ?? "";
}
type Way = "up" | "down" | "in" | "out";
const moveBy = async (admin: Admin, categoryId: string, way: Way) => {
  const place = (await listCategories(admin)).find((row) => row.id === categoryId)?.place ?? "";
  return moveCategory(admin, { categoryId, way, place });
};
const move = async (path: string, way: Way) => {
  const categoryId = await id(path);
  return entryOf((admin) => moveBy(admin, categoryId, way));
};

test("a move among its siblings is taken back, also where their positions have gaps", async () => {
  const wood = `${root}/wood`;
  const entryId = await move(`${wood}/elm`, "up");
  expect(await below(wood)).toEqual(["oak", "elm", "ash"]);
  await revert(world.admin, { entryId });
  expect(await below(wood)).toEqual(["oak", "ash", "elm"]);
  // Ash leaves a gap behind it: Elm stands second, whatever its position says.
  await createCategory(world.admin, { name: "Fir", parentId: await id(wood) });
  await move(`${wood}/ash`, "out");
  const over = await move(`${wood}/elm`, "up");
  expect(await below(wood)).toEqual(["elm", "oak", "fir"]);
  await revert(world.admin, { entryId: over });
  expect(await below(wood)).toEqual(["oak", "elm", "fir"]);
});

test("what was dragged elsewhere is back with all below it, and the address of meanwhile leads on", async () => {
  const [wood, oak] = [await at(`${root}/wood`), await at(`${root}/wood/oak`)];
  const entryId = await entryOf(async (admin) => {
    await moveBy(admin, await id(`${root}/stone`), "up");
    await moveBy(admin, wood.id, "in");
  });
  expect((await at(`${root}/stone/wood/oak`)).id).toBe(oak.id);
  expect(await revert(world.admin, { entryId })).toContain(categoryTag(oak.id));
  expect((await at(`${root}/wood/oak`)).id).toBe(oak.id);
  expect(await below(root)).toEqual(["stone", "wood"]);
  const [old] = await db
    .select()
    .from(slugRedirects)
    .where(eq(slugRedirects.slug, `${root}/stone/wood/oak`));
  expect(old?.targetId).toBe(oak.id);
  await expect(revert(world.admin, { entryId })).rejects.toMatchObject({ code: "revert_refused" });
});

test("a move stays where something moved since, its address is taken or its parent is gone", async () => {
  const entryId = await move(`${root}/wood/elm`, "out");
  const elm = `${root}/elm`;
  const [woodId, elmId] = [await id(`${root}/wood`), await id(elm)];
  await createCategory(world.admin, { name: "Elm", parentId: woodId });
  const back = () => revert(world.admin, { entryId });
  await expect(back()).rejects.toThrow(/^Its place is taken: there is another one with this address/);
  const taker = await at(`${root}/wood/elm`);
  await removeCategory(world.admin, { categoryId: taker.id, version: taker.version });

  const later = await move(elm, "up");
  await expect(back()).rejects.toThrow(/changed position to “0”/);
  await revert(world.admin, { entryId: later });

  for (const slug of ["oak", "ash"]) {
    const { id: categoryId, version } = await at(`${root}/wood/${slug}`);
    await removeCategory(world.admin, { categoryId, version });
  }
  const wood = await at(`${root}/wood`);
  await removeCategory(world.admin, { categoryId: wood.id, version: wood.version });
  await expect(back()).rejects.toThrow(/^The category that it belongs to is gone: put that back first/);
  expect((await at(elm)).id).toBe(elmId);
});

test("name, address and words are as before, unless they changed again; going up from the top leaves no entry", async () => {
  const wood = await at(`${root}/wood`);
  const edit = (name: string, version: number) =>
    entryOf((admin) =>
      editCategory(admin, {
        categoryId: wood.id,
        version,
        name,
        slug: name.toLowerCase(),
        description: "Old",
      }),
    );
  const first = await edit("Timber", wood.version);
  expect((await at(`${root}/timber/oak`)).path).toBe(`${root}/timber/oak`);
  const second = await edit("Lumber", wood.version + 1);
  await expect(revert(world.admin, { entryId: first })).rejects.toThrow(/changed name to “Lumber”/);
  await revert(world.admin, { entryId: second });
  await revert(world.admin, { entryId: first });
  const { name, slug, description, path } = wood;
  expect(await at(`${root}/wood`)).toMatchObject({ id: wood.id, name, slug, description, path });
  expect(await move(await firstDrawn(), "up")).toBe("");
});

/** The path of the category that is drawn first. */
async function firstDrawn(): Promise<string> {
  const [row] = await db
    .select({ path: categories.path })
    .from(categories)
    .where(isNull(categories.parentId))
    .orderBy(asc(categories.position), asc(categories.name));
  return row?.path ?? "";
}
