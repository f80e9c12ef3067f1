import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { products, variants } from "@/db/schema/catalog";
import type { Staff } from "@/lib/domain/actors";
import { toDecimal } from "@/lib/domain/money";
import { savedAt } from "@/lib/saved";
import { lastEntryBy } from "@/lib/services/audit";
import { revert } from "@/lib/services/audit-revert";
import { editProduct } from "@/lib/services/catalog";
import { mayUndo } from "./undo";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const subjects = ["products", "variants"];
const nameOf = async (id: string) => (await db.select().from(products).where(eq(products.id, id)))[0]?.name;

/** A request of its own: saves, and answers the entry that it left. */
async function save(person: Staff, name: string, price?: string): Promise<string> {
  const staff = { ...person };
  await saveAs(staff, name, price);
  return lastEntryBy(staff) ?? "";
}

/** The mug with another name and, where given, with another price of its variants. */
async function saveAs(staff: Staff, name: string, price?: string): Promise<void> {
  const { id: productId } = world.mug;
  const [row] = await db.select().from(products).where(eq(products.id, productId));
  const lines = await db.select().from(variants).where(eq(variants.productId, productId));
  if (!row) throw new Error("no mug");
  const typed = lines.map(({ barcode, cost: _, unitAmount: _amount, unit: _unit, ...line }) => ({
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
  const entryId = await save(world.line, "A mug by Line");
  expect(await mayUndo(world.line, entryId, { subjects, id })).toBe(true);
  // Neither somebody else's save nor another product's, nor one of a subject that the page does not show.
  expect(await mayUndo(world.ring, entryId, { subjects, id })).toBe(false);
  expect(await mayUndo(world.admin, entryId, { subjects, id })).toBe(false);
  expect(await mayUndo(world.line, entryId, { subjects, id: world.id.lineShop })).toBe(false);
  expect(await mayUndo(world.line, entryId, { subjects: ["discounts"] })).toBe(false);

  await expect(revert(world.ring, { entryId })).rejects.toMatchObject({ code: "not_found" });
  expect(await nameOf(id)).toBe("A mug by Line");
  await revert(world.line, { entryId });
  expect(await nameOf(id)).toBe(was);
  await expect(revert(world.line, { entryId })).rejects.toMatchObject({ code: "revert_refused" });
});

test("an owner takes back neither what an admin did to their goods nor what is no longer theirs", async () => {
  const { id } = world.mug;
  const byAdmin = await save(world.admin, "A mug by the admin");
  await expect(revert(world.line, { entryId: byAdmin })).rejects.toMatchObject({ code: "not_found" });
  const entryId = await save(world.line, "A mug by Line again");
  await db.update(products).set({ ownerId: world.id.ringShop }).where(eq(products.id, id));
  await expect(revert(world.line, { entryId })).rejects.toMatchObject({ code: "not_found" });
  await db.update(products).set({ ownerId: world.id.lineShop }).where(eq(products.id, id));
  await revert(world.line, { entryId });
  expect(await nameOf(id)).toBe("A mug by the admin");
});

test("a price alone is offered by its product; a save of several rows is not taken back in part", async () => {
  const { id } = world.mug;
  const name = (await nameOf(id)) ?? "";
  expect(await mayUndo(world.line, await save(world.line, name, "77.00"), { subjects, id })).toBe(true);
  const several = await save(world.line, "Both at once", "78.00");
  expect(await mayUndo(world.line, several, { subjects, id })).toBe(false);
});

test("a save that changed nothing offers nothing, least of all the one before it", async () => {
  const path = `/admin/products/${world.mug.id}`;
  const [first, second] = [{ ...world.line }, { ...world.line }];
  await saveAs(first, "Named twice");
  expect(savedAt(first, path, "saved")).toBe(`${path}?done=saved&entry=${lastEntryBy(first)}`);
  await saveAs(second, "Named twice");
  expect(savedAt(second, path, "saved")).toBe(`${path}?done=saved`);
  expect(savedAt(first, "/admin/reviews?page=2", "reply")).toMatch(/\?page=2&done=reply&entry=/);
});
