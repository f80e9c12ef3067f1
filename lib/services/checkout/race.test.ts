import { sql } from "drizzle-orm";
import { expect, it, vi } from "vitest";

// Before db/client is loaded: enough connections that the shoppers meet in the database, not in the pool.
vi.hoisted(() => {
  process.env.DATABASE_POOL = "30";
});

import { cast, guest, product } from "@/db/cast";
import { getReady } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { wrongInTheBooks } from "@/db/testing/books";
import { queuedFor } from "@/db/testing/stock";
import type { Guest } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { place } from "./place";

it("sells exactly 10 of a stock of 10 to 60 shoppers at once, and refuses 50 cleanly", async () => {
  const { id } = await cast();
  const { variantIds } = await product({
    ownerId: id.lineShop,
    categoryId: id.category,
    name: "Wanted",
    variants: [{ sku: "WANTED", price: 5_000, stock: 10 }],
  });
  const wishes = variantIds.map((variantId) => ({ variantId, quantity: 1 }));
  const shoppers = Array.from({ length: 60 }, () => guest());
  const ready: ({ shopper: Guest } & Awaited<ReturnType<typeof getReady>>)[] = [];
  for (const shopper of shoppers) ready.push({ shopper, ...(await getReady(shopper, wishes)) });
  const { result: results, waiting } = await queuedFor(variantIds[0] ?? "", 16, () =>
    Promise.allSettled(ready.map(({ shopper, ...rest }) => place(shopper, { method: "card", ...rest }))),
  );
  const sold = results.filter((result) => result.status === "fulfilled").length;
  const refused = results.filter(
    (result) =>
      result.status === "rejected" &&
      // At the UPDATE, or already seen while pricing.
      isShopError(result.reason, "sold_out"),
  ).length;
  expect({ sold, refused }).toEqual({ sold: 10, refused: 50 });
  expect(waiting).toBeGreaterThanOrEqual(16);
  const [row] = (await db.execute(
    sql`SELECT on_hand, reserved FROM inventory WHERE variant_id = ${variantIds[0]}`,
  )) as unknown as {
    on_hand: number;
    reserved: number;
  }[];
  expect(row).toEqual({ on_hand: 10, reserved: 10 });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("uses a discount limited to 10 exactly 10 times among 40 shoppers", async () => {
  const { lineShop: ownerId, category: categoryId } = (
    (await db.execute(
      sql`SELECT o.id AS "lineShop", c.id AS category FROM owners o, categories c LIMIT 1`,
    )) as unknown as {
      lineShop: string;
      category: string;
    }[]
  )[0] ?? { lineShop: "", category: "" };
  const { variantIds } = await product({
    ownerId,
    categoryId,
    name: "Plenty",
    variants: [{ sku: "PLENTY", price: 5_000, stock: 100 }],
  });
  await db
    .insert(discounts)
    .values({ id: newId(), title: "First ten", code: "TEN", kind: "fixed", value: 500, totalLimit: 10 });
  const ready = [];
  for (let i = 0; i < 40; i += 1) {
    const shopper = guest();
    const wishes = variantIds.map((variantId) => ({ variantId, quantity: 1 }));
    ready.push({
      shopper,
      ...(await getReady(shopper, wishes, { code: "TEN", email: `guest${i}@example.com` })),
    });
  }
  const results = await Promise.allSettled(
    ready.map(({ shopper, ...rest }) => place(shopper, { method: "card", ...rest })),
  );
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused.length).toBe(30);
  expect(
    refused.every(
      (one) => isShopError(one.reason, "discount_refused") || isShopError(one.reason, "cart_changed"),
    ),
  ).toBe(true);
  expect(await wrongInTheBooks()).toEqual([]);
});
