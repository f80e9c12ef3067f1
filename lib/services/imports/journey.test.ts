import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { cast, guest, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db, sql } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { wordsOf } from "@/lib/domain/search-words";
import { ship } from "@/lib/services/orders/ship";
import { systemActor } from "@/lib/system";
import { run } from "./run";

it("a product from a file is found, bought and shipped", async () => {
  const { ring } = await cast();
  const path = new URL("./fixtures/old-headers.csv", import.meta.url).pathname;
  await run(systemActor("import"), { path, owner: "ring", images: false });

  for (const words of ["fringe la", "interference", "lamps", "Halo Works"]) {
    const found = await sql`select slug from search_products s join products p on p.id = s.product_id
      join search_documents d on d.number = s.number where d.words @@ to_tsquery('shop', ${`${wordsOf(words).join(" & ")}:*`})`;
    expect(
      found.map(({ slug }) => slug),
      words,
    ).toContain("fringe-lamp");
  }

  const lamp = await variantId("FL-AM-S");
  const placed = await order(guest(), [{ variantId: lamp, quantity: 2 }], { method: "cash_on_delivery" });
  expect(placed.total).toBe(2 * 5_990);
  await ship(ring, placed.orderId, { carrier: "DHL", trackingNumber: "0034043456789" });
  const [sent] = await db.select({ status: orders.status }).from(orders).where(eq(orders.id, placed.orderId));
  expect(sent?.status).toBe("shipped");
  const [left] = await sql`select on_hand, reserved from inventory where variant_id = ${lamp}`;
  expect(left).toMatchObject({ on_hand: 5, reserved: 0 });

  // What was sold stays sold: the same file again does not put it back.
  const again = await run(systemActor("import"), { path, owner: "ring", images: false });
  expect(again.products.unchanged).toBe(2);
  expect((await sql`select on_hand from inventory where variant_id = ${lamp}`)[0]).toMatchObject({
    on_hand: 5,
  });
});
