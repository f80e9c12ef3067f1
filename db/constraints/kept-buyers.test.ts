/** What the database keeps of each owner's buyers by itself. */
import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import type { Row } from "./refs";
import { undone } from "./refusals";
import { make } from "./rows";

const commit = async (tx: TransactionSql) => {
  await tx`set constraints orders_buyer_new, orders_buyer_moved, order_lines_buyer_refunded immediate`;
  await tx`set constraints all deferred`;
};

const sumsOf = async (tx: TransactionSql, owner: Row, holder: string) => {
  await commit(tx);
  const [row] = await tx`
    select is_guest, orders, value::int, first_order, last_order, to_char(last_at at time zone 'UTC', 'MM-DD') as last_at
    from buyer_sums where owner_id = ${String(owner.id)} and holder = ${holder}`;
  return row && { ...row };
};

test("buyer_sums follow an order of two owners from waiting to paid, refunded, cancelled and handed over", async () => {
  await undone(async (tx) => {
    const email = "Grace@Example.com";
    const holder = "grace@example.com";
    await make(tx, "settings", { currency: "EUR" });
    const [line, ring] = [await make(tx, "owners"), await make(tx, "owners")];
    const place = async (day: string, sellers: readonly Row[]) => {
      const order = await make(tx, "orders", { email, placed_at: `2026-01-${day}T12:00:00Z` });
      const lines: Row[] = [];
      for (const { id } of sellers)
        lines.push(await make(tx, "order_lines", { order_id: order.id, owner_id: id }));
      return { id: String(order.id), total: Number(order.total), lines };
    };
    const both = await place("03", [line, ring]);
    const one = await place("07", [line]);
    const worth = Number(both.lines[0]?.total);
    const none = { is_guest: true, orders: 0, value: 0, last_at: null };
    expect(await sumsOf(tx, line, holder)).toEqual({ ...none, first_order: both.id, last_order: one.id });
    expect(await sumsOf(tx, ring, holder)).toEqual({ ...none, first_order: both.id, last_order: both.id });

    await tx`update orders set status = 'confirmed', expires_at = null, captured = total where id in (${both.id}, ${one.id})`;
    const paid = { ...none, orders: 2, value: 2 * worth, last_at: "01-07" };
    expect(await sumsOf(tx, line, holder)).toMatchObject(paid);
    expect(await sumsOf(tx, ring, holder)).toMatchObject({ orders: 1, value: worth, last_at: "01-03" });

    await tx`update order_lines set refunded_amount = 1 where id = ${String(both.lines[1]?.id)}`;
    expect(await sumsOf(tx, line, holder)).toMatchObject(paid);
    expect(await sumsOf(tx, ring, holder)).toMatchObject({ orders: 1, value: worth - 1 });

    await tx`update orders set status = 'cancelled', cancel_reason = 'shopper', refunded = captured where id = ${one.id}`;
    expect(await sumsOf(tx, line, holder)).toMatchObject({ orders: 1, last_order: one.id, last_at: "01-03" });

    // Foreign money is not added to the store's.
    await tx`update settings set currency = 'USD'`;
    expect(await sumsOf(tx, line, holder)).toMatchObject({ orders: 1, value: 0 });
    await tx`update settings set currency = 'EUR'`;

    const { id } = await make(tx, "users");
    await tx`update orders set user_id = ${String(id)} where id = ${both.id}`;
    expect(await sumsOf(tx, line, holder)).toMatchObject({ orders: 0, first_order: one.id, last_at: null });
    expect(await sumsOf(tx, ring, holder)).toBeUndefined();
    expect(await sumsOf(tx, ring, String(id))).toMatchObject({
      is_guest: false,
      orders: 1,
      value: worth - 1,
    });
    // An account that goes leaves its orders to their address; what is erased is nobody's.
    await tx`delete from users where id = ${String(id)}`;
    expect(await sumsOf(tx, ring, String(id))).toBeUndefined();
    expect(await sumsOf(tx, ring, holder)).toMatchObject({ is_guest: true, orders: 1 });
    await tx`update orders set email = id || '@erased.invalid' where id in (${both.id}, ${one.id})`;
    for (const owner of [line, ring]) expect(await sumsOf(tx, owner, holder)).toBeUndefined();
  });
});
