/** What the database keeps of each owner's orders by itself. */
import { expect, test } from "vitest";
import { undone } from "./refusals";
import { make } from "./rows";

test("owner_orders has an order of two owners once for each, with their own goods, where it goes and where it stands", async () => {
  await undone(async (tx) => {
    const { id } = await make(tx, "orders", { placed_at: "2026-01-03T12:00:00Z" });
    const order = { order_id: String(id) };
    const [line, ring] = [String((await make(tx, "owners")).id), String((await make(tx, "owners")).id)];
    for (const owner_id of [line, ring]) await make(tx, "fulfilments", { ...order, owner_id });
    for (const owner_id of [line, line, ring]) await make(tx, "order_lines", { ...order, owner_id });
    await make(tx, "order_addresses", { ...order, country: "FR" });
    await make(tx, "order_addresses", { ...order, kind: "billing" });
    const kept =
      () => tx`select owner_id, status, part, country, total::int, to_char(placed_at at time zone 'UTC', 'MM-DD HH24') as placed
      from owner_orders where order_id = ${order.order_id} order by total`;
    // Not before all of it is there.
    expect(await kept()).toHaveLength(0);
    await tx`set constraints fulfilments_owner_order immediate`;
    const begun = { status: "pending", part: "open", country: "FR", placed: "01-03 12" };
    const both = [
      { ...begun, owner_id: ring, total: 1000 },
      { ...begun, owner_id: line, total: 2000 },
    ];
    expect([...(await kept())]).toEqual(both);
    // Again, as a filling beside it does.
    await tx`select keep_owner_orders(${order.order_id})`;
    expect([...(await kept())]).toEqual(both);
    await tx`update orders set status = 'confirmed', expires_at = null where id = ${order.order_id}`;
    await tx`update fulfilments set status = 'processing' where order_id = ${order.order_id} and owner_id = ${ring}`;
    expect(await kept()).toMatchObject([
      { owner_id: ring, status: "confirmed", part: "processing" },
      { owner_id: line, status: "confirmed", part: "open" },
    ]);
    // Nothing is sent, and nothing asked for it.
    const { id: bare } = await make(tx, "orders");
    await make(tx, "fulfilments", { order_id: bare, owner_id: line });
    expect([
      ...(await tx`select country, total::int from owner_orders where order_id = ${String(bare)}`),
    ]).toEqual([{ country: null, total: 0 }]);
  });
});
