/** The cart after a restart of the shop: what a process had loaded, connected and kept is gone, the cookie is not. */
import { sql as query } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { cast } from "@/db/cast";
import { db, sql } from "@/db/client";
import { changeBrowser, comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { addToCart, saveLineForLater } from "@/lib/actions/cart";
import CartPage from "./page";

/** The lines of a cart page and of what was saved below it, each as its words. */
const linesOf = (html: string) =>
  html.split("Saved for later</h2>").map((part) =>
    (part.match(/<li .*?<\/li>/gs) ?? []).map((line) => ({
      words: wordsOf(line),
      quantity: / name="quantity"[^>]* value="(\d+)"| value="(\d+)"[^>]* name="quantity"/
        .exec(line)
        ?.slice(1),
    })),
  );

async function put(variantId: string, quantity: number): Promise<void> {
  const form = new FormData();
  form.set("variantId", variantId);
  form.set("quantity", `${quantity}`);
  expect(await addToCart({ status: "idle" }, form)).toMatchObject({ status: "ok" });
}

/** Ends the connections and forgets every module with what it kept: what is imported from here on is new. */
async function restart() {
  await sql.end();
  for (const name of Object.keys(globalThis).filter((key) => /^tallystick(?!Tests)/.test(key)))
    Reflect.deleteProperty(globalThis, name);
  vi.resetModules();
  const [door, page, client] = await Promise.all([
    import("@/db/testing/front-door"),
    import("./page"),
    import("@/db/client"),
  ]);
  return { ...door, page: page.default as unknown as Page, sql: client.sql };
}

it("keeps the cart of a guest and of an account, and what they saved for later", async () => {
  const world = await cast();
  const [small = "", large = ""] = world.print.variantIds;
  const [mug = ""] = world.mug.variantIds;
  const before = new Map<string, { browser: ReadonlyMap<string, string>; html: string }>();
  for (const who of ["a guest", world.id.ada]) {
    await comeAs(who === "a guest" ? null : who);
    await put(small, 2);
    await put(large, 1);
    await put(mug, 1);
    const html = await pageOf(CartPage as unknown as Page);
    expect(
      await sendForm(html, 'Save for later<span class="sr-only"> Mug One', saveLineForLater),
    ).toMatchObject({ to: expect.stringContaining("/cart?saved=") });
    before.set(who, { html: await pageOf(CartPage as unknown as Page), browser: changeBrowser() });
  }
  // Days later: no cart is of this morning, and none is swept away.
  await db.execute(query`UPDATE carts SET updated_at = updated_at - interval '20 days'`);

  const shop = await restart();
  expect(shop.sql).not.toBe(sql);
  for (const [who, { browser, html }] of before) {
    shop.changeBrowser(browser);
    const after = linesOf(await shop.pageOf(shop.page));
    expect(after, who).toEqual(linesOf(html));
    expect(
      after.map((lines) => lines.map(({ words }) => words.split("\n")[1])),
      who,
    ).toEqual([["Print One", "Print One"], ["Mug One"]]);
    expect(
      after[0]?.map(({ quantity }) => quantity?.find(Boolean)),
      who,
    ).toEqual(["2", "1"]);
  }
  // Another browser has none of it.
  shop.changeBrowser();
  expect(shop.wordsOf(await shop.pageOf(shop.page))).toContain("Your cart is empty");
});
