/** The columns and rows that the database keeps by itself: search words, price range, price history, availability. */
import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { undone } from "./refusals";
import { make } from "./rows";

const PAST = "2026-01-01T00:00:00Z";

async function finds(tx: TransactionSql, id: unknown, words: string): Promise<boolean> {
  // What waits for the commit happens now.
  await tx`set constraints all immediate`;
  await tx`set constraints all deferred`;
  const rows = await tx`
    select from search_products join search_documents using (number) where product_id = ${String(id)}
    and words @@ (websearch_to_tsquery('shop', ${words}) || ${`'${words}'`}::tsquery)`;
  return rows.length === 1;
}

describe("search_products", () => {
  test("weighs name, tags and SKU, category, description", async () => {
    await undone(async (tx) => {
      const parent = await make(tx, "categories", { name: "Kitchen" });
      const category = await make(tx, "categories", { name: "Vessels", parent_id: parent.id });
      const product = await make(tx, "products", {
        category_id: category.id,
        name: "Décor Bowls",
        tags: ["stoneware"],
        subtitle: "Oak",
        description: "<p class=hidden>Glazed twice</p>",
        status: "active",
        published_at: PAST,
      });
      await make(tx, "variants", { product_id: product.id, sku: "BWL-9" });
      await tx`set constraints all immediate`;
      const [row] = await tx<{ head: string; search: string }[]>`
        select head::text, words::text as search from search_products join search_documents using (number)
        where product_id = ${String(product.id)}`;
      expect(row?.head).not.toContain("oak");
      const weights = Object.fromEntries(
        (row?.search.split(" ") ?? []).map((word) => {
          const [, lexeme = "", weight = ""] = /^'(.+)':[\d,ABC]*?\d+([ABC]?)$/.exec(word) ?? [];
          return [lexeme, weight];
        }),
      );
      expect(weights).toMatchObject({ decor: "A", bowl: "A", stonewar: "B", vessel: "C", kitchen: "C" });
      expect(weights).toMatchObject({ oak: "", glaze: "" });
      expect(row?.search).toContain("'bwl-9'");
      expect(weights).not.toHaveProperty("hidden");
    });
  });

  test("follows the product, its variants and every category above", async () => {
    await undone(async (tx) => {
      const parent = await make(tx, "categories", { name: "Kitchen" });
      const category = await make(tx, "categories", { name: "Vessels", parent_id: parent.id });
      const { id } = await make(tx, "products", {
        category_id: category.id,
        status: "active",
        published_at: PAST,
      });
      const variant = await make(tx, "variants", { product_id: id, sku: "OLD-1" });

      await tx`update categories set name = 'Pantry' where id = ${String(parent.id)}`;
      expect([await finds(tx, id, "kitchen"), await finds(tx, id, "pantry")]).toEqual([false, true]);
      await tx`update variants set sku = 'NEW-1' where id = ${String(variant.id)}`;
      expect([await finds(tx, id, "old-1"), await finds(tx, id, "new-1")]).toEqual([false, true]);
      await tx`update variants set is_active = false where id = ${String(variant.id)}`;
      expect(await finds(tx, id, "new-1")).toBe(false);
      await tx`update products set name = 'Vase' where id = ${String(id)}`;
      expect([await finds(tx, id, "bowl"), await finds(tx, id, "vases")]).toEqual([false, true]);
      const other = await make(tx, "categories", { name: "Garden" });
      await tx`update products set category_id = ${String(other.id)} where id = ${String(id)}`;
      expect([await finds(tx, id, "pantry"), await finds(tx, id, "garden")]).toEqual([false, true]);
      await tx`update categories set parent_id = ${String(parent.id)} where id = ${String(other.id)}`;
      expect(await finds(tx, id, "pantry")).toBe(true);
    });
  });
});

describe("search_hits", () => {
  const hitsOf = async (tx: TransactionSql, id: unknown) => {
    await tx`set constraints all immediate`;
    await tx`set constraints all deferred`;
    const rows = await tx<{ stem: string; rank: number; sold: number }[]>`
      select stem, rank, h.sold from search_products join search_hits h using (number) where product_id = ${String(id)}`;
    return Object.fromEntries(rows.map(({ stem, rank, sold }) => [stem, [Number(rank), Number(sold)]]));
  };

  test("hold each word with its place, follow words and sales, and go with the product", async () => {
    await undone(async (tx) => {
      const category = await make(tx, "categories", { name: "Vessels" });
      const { id } = await make(tx, "products", {
        category_id: category.id,
        name: "Bowl",
        tags: ["glazed", "it's"],
        subtitle: "Oak and bowl",
        description: "",
        status: "active",
        published_at: PAST,
      });
      await make(tx, "variants", { product_id: id, sku: "BWL\\'9" });
      // A name in full, a tag, a category, a description.
      expect(await hitsOf(tx, id)).toEqual({
        bowl: [4, 0],
        glaze: [2, 0],
        vessel: [1, 0],
        oak: [0, 0],
        "bwl\\'9": [0, 0],
      });
      await tx`update products set name = 'Large bowl', sold_recently = 7 where id = ${String(id)}`;
      expect(await hitsOf(tx, id)).toMatchObject({ bowl: [3, 7], larg: [3, 7], oak: [0, 7] });
      await tx`update products set subtitle = '' where id = ${String(id)}`;
      expect(await hitsOf(tx, id)).not.toHaveProperty("oak");
      const [row] = await tx`select number from search_products where product_id = ${String(id)}`;
      await tx`update products set status = 'archived', archived_at = shop_now() where id = ${String(id)}`;
      expect(await hitsOf(tx, id)).toEqual({});
      for (const table of ["search_hits", "search_documents"])
        expect(await tx`select from ${tx(table)} where number = ${Number(row?.number)}`).toHaveLength(0);
    });
  });

  test("are written anew only where words changed", async () => {
    await undone(async (tx) => {
      const { id } = await make(tx, "products", { name: "Bowl", status: "active", published_at: PAST });
      await hitsOf(tx, id);
      const places = () => tx<{ ctid: string }[]>`
        select h.ctid::text from search_products join search_hits h using (number) where product_id = ${String(id)} order by 1`;
      const before = await places();
      await tx`update products set is_featured = true where id = ${String(id)}`;
      await hitsOf(tx, id);
      expect(await places()).toEqual(before);
      await tx`update products set name = 'Jug' where id = ${String(id)}`;
      await hitsOf(tx, id);
      expect(await places()).not.toEqual(before);
    });
  });
});

test("products.price_from and price_to follow the active variants", async () => {
  await undone(async (tx) => {
    const { id } = await make(tx, "products");
    const range = async () => {
      const [row] = await tx`select price_from, price_to from products where id = ${String(id)}`;
      return [row?.price_from, row?.price_to].map((price) => (price === null ? null : Number(price)));
    };
    expect(await range()).toEqual([null, null]);
    const low = await make(tx, "variants", { product_id: id, price: 900, option_key: "low" });
    const high = await make(tx, "variants", { product_id: id, price: 1100, option_key: "high" });
    expect(await range()).toEqual([900, 1100]);
    await tx`update variants set price = 950 where id = ${String(low.id)}`;
    expect(await range()).toEqual([950, 1100]);
    await tx`update variants set is_active = false where id = ${String(high.id)}`;
    expect(await range()).toEqual([950, 950]);
    await tx`update variants set is_active = false where id = ${String(low.id)}`;
    expect(await range()).toEqual([null, null]);
  });
});

test("price_changes holds who changed a price, from what to what, and nothing else", async () => {
  await undone(async (tx) => {
    const user = await make(tx, "users");
    const { id } = await make(tx, "variants", { price: 1000 });
    await tx`select set_config('shop.user', ${String(user.id)}, true)`;
    await tx`update variants set price = 1200 where id = ${String(id)}`;
    await tx`update variants set price = 1200, title = 'Red' where id = ${String(id)}`;
    const rows = await tx`select old_price, new_price, changed_by from price_changes
      where variant_id = ${String(id)} order by old_price nulls first`;
    expect(rows.map((row) => [row.old_price, row.new_price, row.changed_by])).toEqual([
      [null, "1000", null],
      ["1000", "1200", user.id],
    ]);
  });
});

test("inventory.available is on_hand less reserved", async () => {
  await undone(async (tx) => {
    const row = await make(tx, "inventory", { on_hand: 7, reserved: 3 });
    expect(row.available).toBe(4);
    const [after] =
      await tx`update inventory set reserved = 5 where variant_id = ${String(row.variant_id)} returning available`;
    expect(after?.available).toBe(2);
  });
});

test("shop_now() is the transaction's clock unless shop.clock is set", async () => {
  await undone(async (tx) => {
    const [plain] = await tx`select shop_now() = now() as same`;
    expect(plain?.same).toBe(true);
    await tx`select set_config('shop.clock', '2026-03-01T12:00:00Z', true)`;
    const order = await make(tx, "orders");
    expect(new Date(String(order.placed_at)).toISOString()).toBe("2026-03-01T12:00:00.000Z");
  });
});

describe("customer_sums", () => {
  const commit = async (tx: TransactionSql) => {
    await tx`set constraints orders_customer_new, orders_customer_moved, users_customer_new immediate`;
    await tx`set constraints all deferred`;
  };
  const sumsOf = async (tx: TransactionSql, holder: unknown) => {
    await commit(tx);
    const [row] = await tx`
      select placed, orders, cancelled, spent::int, refunded::int, first_order, last_order,
        to_char(first_at at time zone 'UTC', 'MM-DD') as first_at, to_char(last_at at time zone 'UTC', 'MM-DD') as last_at
      from customer_sums where holder = ${String(holder)}`;
    return row && { ...row };
  };
  const none = { placed: 0, orders: 0, cancelled: 0, spent: 0, refunded: 0, first_at: null, last_at: null };

  test("follow each order from waiting to paid, refunded, cancelled and handed over to an account", async () => {
    await undone(async (tx) => {
      const email = "Grace@Example.com";
      const holder = "grace@example.com";
      await make(tx, "settings", { currency: "EUR" });
      const place = (day: string) => make(tx, "orders", { email, placed_at: `2026-01-${day}T12:00:00Z` });
      const [first, second] = [await place("03"), await place("07")];
      const [a, b] = [String(first.id), String(second.id)];
      expect(await sumsOf(tx, holder)).toMatchObject({ ...none, placed: 2, first_order: a, last_order: b });

      const total = Number(first.total);
      await tx`update orders set status = 'confirmed', expires_at = null, captured = total where id in (${a}, ${b})`;
      const both = { ...none, placed: 2, orders: 2, spent: 2 * total, first_at: "01-03", last_at: "01-07" };
      expect(await sumsOf(tx, holder)).toMatchObject(both);
      await tx`update orders set refunded = 300 where id = ${a}`;
      expect(await sumsOf(tx, holder)).toMatchObject({ ...both, spent: 2 * total - 300, refunded: 300 });
      // What no longer counts is neither the first nor the last.
      await tx`update orders set status = 'cancelled', cancel_reason = 'shopper', refunded = captured where id = ${b}`;
      const left = {
        ...both,
        orders: 1,
        cancelled: 1,
        spent: total - 300,
        refunded: total + 300,
        last_at: "01-03",
      };
      expect(await sumsOf(tx, holder)).toMatchObject(left);

      const { id } = await make(tx, "users");
      expect(await sumsOf(tx, id)).toMatchObject({ ...none, first_order: null });
      await tx`update orders set user_id = ${String(id)} where id = ${a}`;
      expect(await sumsOf(tx, holder)).toMatchObject({
        ...none,
        placed: 1,
        cancelled: 1,
        refunded: total,
        first_order: b,
      });
      expect(await sumsOf(tx, id)).toMatchObject({
        placed: 1,
        orders: 1,
        refunded: 300,
        first_order: a,
        last_order: a,
      });
      await tx`update orders set user_id = ${String(id)} where id = ${b}`;
      expect(await sumsOf(tx, holder)).toBeUndefined();
      expect(await sumsOf(tx, id)).toMatchObject({ ...left, first_order: a, last_order: b });

      // Foreign money is not added to the store's.
      await tx`update settings set currency = 'USD'`;
      expect(await sumsOf(tx, id)).toMatchObject({ ...left, spent: 0, refunded: 0 });
      await tx`update settings set currency = 'EUR'`;
      expect(await sumsOf(tx, id)).toMatchObject(left);

      // An account that goes leaves its orders to their address; what is erased is nobody's.
      await tx`delete from users where id = ${String(id)}`;
      expect(await sumsOf(tx, id)).toBeUndefined();
      expect(await sumsOf(tx, holder)).toMatchObject(left);
      await tx`update orders set email = id || '@erased.invalid' where id in (${a}, ${b})`;
      expect(await sumsOf(tx, holder)).toBeUndefined();
      expect(await tx`select from customer_sums where right(holder, 8) = '.invalid'`).toHaveLength(0);
    });
  });

  test("bear several changes of one order in one transaction, and an account that is gone by its end", async () => {
    await undone(async (tx) => {
      const { id } = await make(tx, "users");
      const order = await make(tx, "orders", { email: "one@example.com", user_id: id });
      await tx`update orders set status = 'confirmed', expires_at = null where id = ${String(order.id)}`;
      await tx`update orders set status = 'cancelled', cancel_reason = 'admin' where id = ${String(order.id)}`;
      await tx`delete from users where id = ${String(id)}`;
      expect(await sumsOf(tx, "one@example.com")).toMatchObject({ ...none, placed: 1, cancelled: 1 });
      expect(await sumsOf(tx, id)).toBeUndefined();
    });
  });
});
