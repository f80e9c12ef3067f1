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
