import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { products, variants } from "@/db/schema/catalog";
import type { Staff } from "@/lib/domain/actors";
import { toDecimal } from "@/lib/domain/money";
import { revert } from "@/lib/services/audit-revert";
import { editProduct } from "@/lib/services/catalog";
import { findUndo } from "./undo";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const subjects = ["products", "variants"];
const nameOf = async (id: string) => (await db.select().from(products).where(eq(products.id, id)))[0]?.name;

/** The mug with another name and, where given, with another price of its variants. */
async function save(staff: Staff, name: string, price?: string) {
  const { id: productId } = world.mug;
  const [row] = await db.select().from(products).where(eq(products.id, productId));
  const lines = await db.select().from(variants).where(eq(variants.productId, productId));
  if (!row) throw new Error("no mug");
  const typed = lines.map(({ barcode, cost: _, ...line }) => ({
    ...line,
    barcode: barcode ?? "",
    compareAtPrice: "",
    price: price ?? toDecimal(line.price, "EUR"),
  }));
  await editProduct(staff, { ...row, productId, name, variants: typed });
}

test("an owner takes back the last save of their own, once, and nobody else does", async () => {
  const { id } = world.mug;
  const was = await nameOf(id);
  await save(world.line, "A mug by Line");
  const entryId = await findUndo(world.line, { subjects, id });
  if (!entryId) throw new Error("no way back");
  // Neither somebody else's save nor another product's, nor one of a subject that the page does not show.
  expect(await findUndo(world.ring, { subjects, id })).toBeNull();
  expect(await findUndo(world.admin, { subjects, id })).toBeNull();
  expect(await findUndo(world.line, { subjects, id: world.id.lineShop })).toBeNull();
  expect(await findUndo(world.line, { subjects: ["discounts"] })).toBeNull();

  await expect(revert(world.ring, { entryId })).rejects.toMatchObject({ code: "not_found" });
  expect(await nameOf(id)).toBe("A mug by Line");
  await revert(world.line, { entryId });
  expect(await nameOf(id)).toBe(was);
  await expect(revert(world.line, { entryId })).rejects.toMatchObject({ code: "revert_refused" });
});

test("an owner takes back neither what an admin did to their goods nor what is no longer theirs", async () => {
  const { id } = world.mug;
  await save(world.admin, "A mug by the admin");
  const byAdmin = (await findUndo(world.admin, { subjects, id })) ?? "";
  await expect(revert(world.line, { entryId: byAdmin })).rejects.toMatchObject({ code: "not_found" });
  await save(world.line, "A mug by Line again");
  const entryId = (await findUndo(world.line, { subjects, id })) ?? "";
  await db.update(products).set({ ownerId: world.id.ringShop }).where(eq(products.id, id));
  await expect(revert(world.line, { entryId })).rejects.toMatchObject({ code: "not_found" });
  await db.update(products).set({ ownerId: world.id.lineShop }).where(eq(products.id, id));
  await revert(world.line, { entryId });
  expect(await nameOf(id)).toBe("A mug by the admin");
});

test("a price alone is offered by its product; a save of several rows is not taken back in part", async () => {
  const { id } = world.mug;
  const name = (await nameOf(id)) ?? "";
  await save(world.line, name, "77.00");
  expect(await findUndo(world.line, { subjects, id })).not.toBeNull();
  await save(world.line, "Both at once", "78.00");
  expect(await findUndo(world.line, { subjects, id })).toBeNull();
});
