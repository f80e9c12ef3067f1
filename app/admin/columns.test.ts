/** Columns of orders and of products, chosen by the address of their list: what was not chosen is not drawn. */
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { comeAs, type Page, pageOf, wordsOf } from "@/db/testing/front-door";
import AdminOrders from "./orders/page";
import AdminProducts from "./products/page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
  await order(guest(), [{ variantId: world.mug.variantIds[0] ?? "", quantity: 2 }], {
    method: "cash_on_delivery",
  });
});

/** The heads of the list, as columns are called; and how many cells each of its rows has. */
async function tableOf(page: Page, query: Record<string, string | string[]>) {
  const html = await pageOf(page, query);
  const table = /<table role="table".*?<\/table>/s.exec(html)?.[0] ?? "";
  const heads = [...table.matchAll(/<th [^>]*>(.*?)<\/th>/gs)].map(([, head = ""]) =>
    // A head that sorts is a link, and its name again for phones.
    wordsOf(head.replace(/<a .*<\/a>/s, "")),
  );
  const [body = ""] = /<tbody.*<\/tbody>/s.exec(table) ?? [];
  const cells = [...body.matchAll(/<tr .*?<\/tr>/gs)].map(([row]) => [...row.matchAll(/<td /g)].length);
  return {
    heads: heads.filter((head) => !head.startsWith("Tick")),
    cells: cells.map((count) => count - 1),
    html,
  };
}

const ORDERS = {
  placed: "Placed",
  customer: "Customer",
  goods: "Fulfilment",
  payment: "Payment",
  pieces: "Pieces",
};
const PRODUCTS = { category: "Category", status: "Status", stock: "Available", price: "Price, EUR" };

it.each([
  ["orders, to an admin", AdminOrders, "admin", ORDERS, ["Order", "Total"]],
  ["orders, to an owner", AdminOrders, "line", ORDERS, ["Order", "Your goods"]],
  ["products, to an admin", AdminProducts, "admin", PRODUCTS, ["Product", "Owner"]],
  ["products, to an owner", AdminProducts, "line", PRODUCTS, ["Product"]],
] as const)(
  "%s: what the address names stands beside what always does",
  async (_, page, who, columns, fixed) => {
    await comeAs(world.id[who]);
    const whole = await tableOf(page, {});
    expect([...whole.heads].sort()).toEqual([...Object.values(columns), ...fixed].sort());
    const shownWith = (labels: readonly string[]) =>
      whole.heads.filter((head) => labels.includes(head) || (fixed as readonly string[]).includes(head));
    const entries = Object.entries(columns);
    for (const [key, label] of entries) {
      const { heads, cells, html } = await tableOf(page, { cols: key, dir: "desc" });
      expect(heads, key).toEqual(shownWith([label]));
      expect(new Set(cells)).toEqual(new Set([heads.length]));
      // The box of columns has that one ticked, and the links of the heads keep it.
      const ticked = [...html.matchAll(/<input [^>]*name="cols"[^>]*>/g)].filter(([box]) =>
        box.includes("checked"),
      );
      expect(ticked.map(([box]) => /value="(\w+)"/.exec(box)?.[1])).toEqual([key]);
      const [drawn = ""] = /<thead.*?<\/thead>/s.exec(html) ?? [];
      for (const [, href] of drawn.matchAll(/<a href="([^"]*)"/g)) expect(href).toContain(`cols=${key}`);
    }
    // Several, as the form sends them and as a link names them.
    const [first = "", second = ""] = Object.keys(columns);
    const both = shownWith(Object.values(columns).slice(0, 2));
    expect((await tableOf(page, { cols: [second, first] })).heads).toEqual(both);
    expect((await tableOf(page, { cols: `${first},${second}` })).heads).toEqual(both);
    // What there is not is no choice.
    expect((await tableOf(page, { cols: "email" })).heads).toEqual(whole.heads);
  },
);
