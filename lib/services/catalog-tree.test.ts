import { asc, eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { categories, products, slugRedirects } from "@/db/schema/catalog";
import { CATEGORIES_TAG, categoryTag } from "@/lib/cache-tags";
import { ShopError } from "@/lib/domain/errors";
import { listCategories } from "@/lib/queries/admin/categories";
import { createCategory, editCategory, emptyCategory, removeCategory } from "./catalog-tree";
import { moveCategory, placeCategory } from "./catalog-tree-move";

let world: Cast;
const paths = async () =>
  (await db.select().from(categories).orderBy(asc(categories.position), asc(categories.path))).map(
    ({ path }) => path,
  );
const at = async (path: string) => {
  const [row] = await db.select().from(categories).where(eq(categories.path, path));
  if (!row) throw new Error(`no category at ${path}: ${await paths()}`);
  return row;
};
const idAt = async (path: string) => (await at(path)).id;
/** Where a page shows it now. */
const placeOf = async (categoryId: string) =>
  (await listCategories(world.admin)).find(({ id }) => id === categoryId)?.place ?? "";
const moveAt = async (path: string, way: "up" | "in" | "out") => {
  const categoryId = await idAt(path);
  return moveCategory(world.admin, { categoryId, way, place: await placeOf(categoryId) });
};
const refusal = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: unknown) => (error instanceof ShopError ? error.code : error),
  );

beforeAll(async () => {
  world = await cast();
  for (const name of ["Wood", "Stone"]) await createCategory(world.admin, { name, parentId: null });
  await createCategory(world.admin, { name: "Oak", parentId: await idAt("wood") });
});

describe("the category tree", () => {
  it("moves in, out, up and down, and addresses follow and lead on", async () => {
    expect((await moveAt("stone", "in")).tags).toContain(CATEGORIES_TAG);
    expect(await at("wood/stone")).toMatchObject({ position: 1 });
    await moveAt("wood/stone", "up");
    expect([(await at("wood/stone")).position, (await at("wood/oak")).position]).toEqual([0, 1]);
    await moveAt("wood/stone", "out");
    expect((await at("stone")).parentId).toBeNull();
    const [old] = await db.select().from(slugRedirects).where(eq(slugRedirects.slug, "wood/stone"));
    expect(old?.targetId).toBe(await idAt("stone"));
    // What is live is no old address.
    expect(await db.select().from(slugRedirects).where(eq(slugRedirects.slug, "stone"))).toEqual([]);
  });

  it("renames with everything below it, and refuses who was overtaken or takes an address", async () => {
    const wood = await at("wood");
    const input = {
      categoryId: wood.id,
      version: wood.version,
      name: "Timber",
      slug: "timber",
      description: "",
    };
    await editCategory(world.admin, input);
    expect(await paths()).toEqual(expect.arrayContaining(["timber", "timber/oak"]));
    expect(await refusal(editCategory(world.admin, input))).toBe("conflict");
    const { id, version } = await at("timber");
    expect(
      await refusal(editCategory(world.admin, { ...input, categoryId: id, version, slug: "stone" })),
    ).toBe("duplicate");
  });

  it("is never put below itself, by dragging neither", async () => {
    const [timber, oak] = [await idAt("timber"), await idAt("timber/oak")];
    const place = async (categoryId: string) =>
      placeCategory(world.admin, {
        ...{ categoryId, place: await placeOf(categoryId) },
        ...{ targetId: oak, targetPlace: await placeOf(oak) },
      });
    expect(await refusal(place(timber))).toBe("invalid_input");
    await place(await idAt("stone"));
    expect(await at("timber/stone")).toMatchObject({ position: 0 });
  });

  it("goes only where nothing stands in it", async () => {
    const timber = await at("timber");
    expect(
      await refusal(removeCategory(world.admin, { categoryId: timber.id, version: timber.version })),
    ).toBe("in_use");
    const [full] = await db.select().from(categories).where(eq(categories.id, world.id.category));
    expect(
      await refusal(
        removeCategory(world.admin, { categoryId: world.id.category, version: full?.version ?? 0 }),
      ),
    ).toBe("in_use");
    const oak = await at("timber/oak");
    await removeCategory(world.admin, { categoryId: oak.id, version: oak.version });
    expect(await paths()).not.toContain("timber/oak");
  });

  it("is emptied into another category, goes then, and its address leads there", async () => {
    const { tags: _made } = await createCategory(world.admin, { name: "Attic", parentId: null });
    const { tags: _other } = await createCategory(world.admin, { name: "Cellar", parentId: null });
    const [attic, cellar] = [await at("attic"), await at("cellar")];
    const stored = () =>
      db
        .select()
        .from(products)
        .where(inArray(products.id, [world.mug.id, world.tote.id]));
    const [one] = await stored();
    await db
      .update(products)
      .set({ categoryId: attic.id })
      .where(inArray(products.id, [world.mug.id, world.tote.id]));
    await db.insert(slugRedirects).values({ kind: "category", slug: "loft", targetId: attic.id });
    const into = { categoryId: attic.id, version: attic.version, targetId: cellar.id };
    expect(await refusal(emptyCategory(world.admin, { ...into, targetId: attic.id, remove: true }))).toBe(
      "invalid_input",
    );
    expect(await refusal(emptyCategory(world.admin, { ...into, version: 99, remove: true }))).toBe(
      "conflict",
    );
    const answer = await emptyCategory(world.admin, { ...into, remove: true });
    expect(answer.moved).toBe(2);
    expect(answer.tags).toEqual(expect.arrayContaining([categoryTag(attic.id), categoryTag(cellar.id)]));
    expect((await stored()).map(({ categoryId }) => categoryId)).toEqual([cellar.id, cellar.id]);
    expect((await stored())[0]?.version).toBe((one?.version ?? 0) + 1);
    const leading = await db.select().from(slugRedirects).where(eq(slugRedirects.targetId, cellar.id));
    expect(leading.map(({ slug }) => slug).sort()).toEqual(["attic", "loft"]);
    expect(await paths()).not.toContain("attic");
    const parent = await at("timber");
    expect(
      await refusal(
        emptyCategory(world.admin, {
          categoryId: parent.id,
          version: parent.version,
          targetId: cellar.id,
          remove: true,
        }),
      ),
    ).toBe("in_use");
  });
});
