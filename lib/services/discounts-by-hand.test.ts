import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { products } from "@/db/schema/catalog";
import { discountRedemptions, discountTargets, discounts as rows } from "@/db/schema/discounts";
import { typedDiscount, typedTrial } from "@/lib/domain/discounts-form";
import { ShopError } from "@/lib/domain/errors";
import * as byHand from "./discounts-by-hand";

let world: Cast;
let mug: string;
beforeAll(async () => {
  world = await cast();
  const [row] = await db.select().from(products).where(eq(products.id, world.mug.id));
  mug = row?.name ?? "";
});
beforeEach(async () => {
  await db.delete(discountRedemptions);
  await db.delete(rows);
});

const ten = { title: "Ten off", code: "ten", kind: "percentage", value: "10 %", isActive: "on" };
const save = (typed: Record<string, unknown>) =>
  byHand.save(world.admin, typedDiscount.parse({ ...ten, ...typed }));
const attempt = (typed: Record<string, unknown>) =>
  byHand.tryTyped(world.admin, typedTrial.parse({ lines: [{ goods: "print-s", quantity: "1" }], ...typed }));
const faults = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (error: unknown) =>
      error instanceof ShopError ? ((error.data as { fields?: object }).fields ?? error.code) : error,
  );

describe("a form is read", () => {
  test("with amounts in the shop's currency, moments on its clock and goods by name, SKU or address", async () => {
    const { id } = await save({
      kind: "fixed",
      value: "12.50",
      minSubtotal: "1.299,00",
      totalLimit: "100",
      startsAt: "2030-07-01T00:00",
      goods: `PRINT-S\n${mug.toUpperCase()}\n\n`,
    });
    const [row] = await db.select().from(rows);
    expect(row).toMatchObject({
      id,
      code: "TEN",
      value: 1250,
      minSubtotal: 129_900,
      totalLimit: 100,
      startsAt: new Date("2030-06-30T22:00:00Z"),
      isActive: true,
    });
    expect(await db.$count(discountTargets)).toBe(2);
    await save({ discountId: id, version: 1, isActive: undefined, value: "15", productIds: world.mug.id });
    expect((await db.select().from(rows))[0]).toMatchObject({
      value: 15,
      kind: "percentage",
      isActive: false,
    });
    expect(await db.select().from(discountTargets)).toMatchObject([{ productId: world.mug.id }]);
  });

  test.each([
    [{ value: "ten" }, { value: "A whole number." }],
    [{ kind: "fixed", value: "ten" }, { value: "Please enter an amount like 12.50." }],
    [{ kind: "gift" }, { kind: "Please choose one." }],
    [{ goods: "PRINT-S\nNo such thing" }, { goods: "Nothing is called No such thing." }],
    [{ startsAt: "soon" }, { startsAt: "Please enter a day and an hour." }],
    [
      { totalLimit: "-1", perCustomerLimit: "x" },
      { totalLimit: "A whole number.", perCustomerLimit: "A whole number." },
    ],
  ])("%j is refused beside its fields", async (typed, expected) => {
    expect(await faults(save(typed))).toMatchObject(expected);
    expect(await db.$count(rows)).toBe(0);
  });

  test("a taken code beside its field; an old form is told who changed what", async () => {
    const { id } = await save({});
    expect(await faults(save({ code: "TEN" }))).toEqual({ code: "Another discount has this code." });
    await save({ discountId: id, version: 1, value: "20" });
    await expect(save({ discountId: id, version: 1, value: "30" })).rejects.toThrow(
      /changed the value to “20” just now\. What you typed is still here/,
    );
  });
});

describe("a cart is tried as typed", () => {
  test("and tells what applies, the sum, and why the rest does not", async () => {
    await save({});
    await save({ code: "", title: "Winter", value: "5", minSubtotal: "900" });
    const { quote, ...verdict } = await attempt({ code: "ten", country: "DE" });
    expect(verdict).toEqual({ applies: true, amount: 290 });
    expect(quote.discounts).toMatchObject([{ code: "TEN", amount: 290 }]);
    expect(quote.refused).toMatchObject([{ title: "Winter", reason: expect.stringContaining("more to go") }]);
    const twice = await attempt({
      code: "ten",
      lines: [{ goods: "PRINT-S", quantity: "1" }, { goods: "print-s" }],
    });
    expect(twice.quote.lines).toMatchObject([{ quantity: 2 }]);
  });

  test("lines that mean nothing are told one by one", async () => {
    expect(
      await faults(
        attempt({
          lines: [
            { goods: "PRINT-S", quantity: "0" },
            { goods: "What", quantity: "1" },
          ],
        }),
      ),
    ).toEqual({
      "lines.0.quantity": "1 to 999.",
      "lines.1.goods": "No product or SKU of that name.",
    });
    expect(await faults(attempt({ lines: [] }))).toHaveProperty(["lines.0.goods"]);
    expect(await faults(attempt({ country: "US", region: "Bavaria" }))).toEqual({
      region: "That country has no such region.",
    });
  });
});
