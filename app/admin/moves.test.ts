/** Moves by the forms of two people who drew the same list: the second is refused, whatever it is that moves. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { comeAs, pageOf, sendForm } from "@/db/testing/front-door";
import { movePicture } from "@/lib/actions/admin/catalog-pictures";
import { moveCategory, placeCategory } from "@/lib/actions/admin/catalog-tree";
import AdminCategories from "./categories/page";
import AdminProduct from "./products/[id]/page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const overtaken = (what: string) => ({
  status: "error",
  code: "conflict",
  message: `Somebody else changed this ${what} meanwhile. Load it again and repeat your change.`,
});

it("moves a category by its buttons or dragged, unless the tree was moved since the page was drawn", async () => {
  await comeAs(world.id.admin);
  for (const [place, name] of ["ash", "birch", "cedar"].entries())
    await db.execute(sql`INSERT INTO categories (id, name, slug, path, position, parent_id)
      VALUES (gen_random_uuid(), ${name}, ${name}, ${`objects/${name}`}, ${place}, ${world.id.category})`);
  const stand = async () =>
    [
      ...(await db.execute<{ slug: string }>(sql`SELECT slug FROM categories
      WHERE parent_id = ${world.id.category} ORDER BY position`)),
    ].map(({ slug }) => slug);
  const [first, second] = [await pageOf(AdminCategories), await pageOf(AdminCategories)];
  const up = (html: string) => sendForm(html, 'aria-label="Move cedar"', moveCategory, { way: "up" });
  expect(await up(first)).toHaveProperty("to");
  expect(await stand()).toEqual(["ash", "cedar", "birch"]);
  expect(await up(second)).toMatchObject(overtaken("order of the categories"));
  // Dropped on the one that stands last.
  const drag = (html: string) => {
    const rows = [...html.matchAll(/data-item="([^"]+)" data-place="([^"]+)"/g)];
    const [, ash] = rows;
    const last = rows.at(-1);
    return sendForm(html, 'aria-label="Move"', placeCategory, {
      ...{ categoryId: ash?.[1] ?? "", place: ash?.[2] ?? "" },
      ...{ targetId: last?.[1] ?? "", targetPlace: last?.[2] ?? "" },
    });
  };
  expect(await drag(second)).toMatchObject(overtaken("order of the categories"));
  expect(await stand()).toEqual(["ash", "cedar", "birch"]);
  // What somebody makes elsewhere in the tree is in nobody's way.
  const drawn = await pageOf(AdminCategories);
  await db.execute(sql`INSERT INTO categories (id, name, slug, path, position)
    VALUES (gen_random_uuid(), 'aside', 'aside', 'aside', -1)`);
  expect(await drag(drawn)).toHaveProperty("to");
  expect(await stand()).toEqual(["cedar", "birch", "ash"]);
});

it("moves a picture by its buttons or dragged, unless the pictures were moved since", async () => {
  await comeAs(world.id.line);
  const productId = world.mug.id;
  await db.execute(sql`DELETE FROM product_images WHERE product_id = ${productId}`);
  for (const [place, name] of ["front", "side", "back"].entries())
    await db.execute(sql`INSERT INTO product_images (id, product_id, key, alt, width, height, position, is_primary)
      VALUES (gen_random_uuid(), ${productId}, ${`moves/${name}.webp`}, ${name}, 10, 10, ${place}, ${place === 0})`);
  const stand = async () =>
    [
      ...(await db.execute<{ alt: string }>(sql`SELECT alt FROM product_images
      WHERE product_id = ${productId} ORDER BY position`)),
    ].map(({ alt }) => alt);
  const editor = () => pageOf(AdminProduct, {}, { id: productId });
  const [first, second] = [await editor(), await editor()];
  const earlier = (html: string) => sendForm(html, 'aria-label="Earlier: picture 3"', movePicture);
  expect(await earlier(first)).toHaveProperty("to");
  expect(await stand()).toEqual(["front", "back", "side"]);
  expect(await earlier(second)).toMatchObject(overtaken("order of the pictures"));
  const [, , back = ""] = [...second.matchAll(/data-item="([^"]+)"/g)].map(([, id]) => id ?? "");
  const drag = (html: string) => sendForm(html, 'aria-label="Move"', movePicture, { imageId: back, to: "0" });
  expect(await drag(second)).toMatchObject(overtaken("order of the pictures"));
  expect(await stand()).toEqual(["front", "back", "side"]);
  expect(await drag(await editor())).toHaveProperty("to");
  expect(await stand()).toEqual(["back", "front", "side"]);
});
