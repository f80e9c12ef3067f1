/** The cart by its pages: what changed meanwhile is told beside its line, and a mail's link brings the goods back. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { readMailParts } from "@/db/mail-parts";
import { products, variants } from "@/db/schema/catalog";
import { mail } from "@/db/schema/notifications";
import { changeBrowser, comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import {
  addToCart,
  beginCheckout,
  changeQuantity,
  estimateFor,
  removeLine,
  undoRemove,
} from "@/lib/actions/cart";
import { openLinkedCart } from "@/lib/actions/cart-link";
import { saveAddress } from "@/lib/actions/checkout";
import { render } from "@/lib/mail/render";
import * as reminder from "@/lib/services/cart-reminder";
import { getSession } from "@/lib/session";
import AddressPage from "../checkout/page";
import OpenCartPage from "./open/page";
import CartPage from "./page";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
beforeEach(() => comeAs(null));
afterAll(() => gateway.close());

const cartPage = (query = {}) => pageOf(CartPage as unknown as Page, query);
const checkoutPage = () => pageOf(AddressPage as unknown as Page);

async function put(variantId: string, quantity = 1): Promise<void> {
  const form = new FormData();
  form.set("variantId", variantId);
  form.set("quantity", `${quantity}`);
  expect(await addToCart({ status: "idle" }, form)).toMatchObject({ status: "ok" });
}

/** What the cart's page says in the line of a product, without its buttons. */
function lineOf(html: string, name: string): string[] {
  const [line] = (html.match(/<li .*?<\/li>/gs) ?? []).filter((each) => each.includes(name));
  return wordsOf(line ?? "")
    .split("\n")
    .filter((words) => /price|left|sold out|sale/i.test(words));
}
const nameOf = async (variantId: string) => {
  const [row] = await db
    .select({ name: products.name })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(variants.id, variantId));
  return row?.name ?? "";
};
const setPrice = (variantId: string, price: number) =>
  db.update(variants).set({ price }).where(eq(variants.id, variantId));

it("says beside each line what became of it, and goes on only once that was seen", async () => {
  const [dearer, cheaper, fewer, sold, gone] = await Promise.all([
    shelf(world, 20, 2_900),
    shelf(world, 20, 4_900),
    shelf(world, 5, 1_000),
    shelf(world, 1, 7_700),
    shelf(world, 9, 8_800),
  ]);
  for (const [variantId, quantity] of [
    [dearer, 2],
    [cheaper, 1],
    [fewer, 3],
    [sold, 1],
    [gone, 1],
  ] as const)
    await put(variantId, quantity);
  const before = await cartPage();
  for (const variantId of [dearer, cheaper, fewer, gone])
    expect(lineOf(before, await nameOf(variantId))).toEqual([]);

  await setPrice(dearer, 3_500);
  await setPrice(cheaper, 4_500);
  await order(guest(), [
    { variantId: fewer, quantity: 3 },
    { variantId: sold, quantity: 1 },
  ]);
  await db
    .update(products)
    .set({ status: "archived", archivedAt: sql`shop_now()` })
    .where(eq(products.name, await nameOf(gone)));

  const html = await cartPage();
  const told = async (variantId: string) => lineOf(html, await nameOf(variantId));
  expect(await told(dearer)).toEqual(["The price rose from €29.00 to €35.00 since you put it here."]);
  expect(await told(cheaper)).toEqual(["The price fell from €49.00 to €45.00 since you put it here."]);
  expect(await told(fewer)).toEqual(["Only 2 left; you had 3. Checking out makes it 2."]);
  expect(await told(sold)).toEqual(["Sold out. It is not part of the total."]);
  expect(await told(gone)).toEqual(["No longer for sale. It is not part of the total."]);
  // 2 × 35.00 + 45.00 + 2 × 10.00, and delivery is free over 100.00
  expect(wordsOf(html)).toContain("Total €135.00");
  // Who goes straight to the checkout is shown the cart first.
  expect(wordsOf(await checkoutPage())).toContain("First a look at your cart");

  expect(await sendForm(html, "Accept changes and check out", beginCheckout)).toEqual({ to: "/checkout" });
  expect(wordsOf(await checkoutPage())).toContain("Where should it go?");
  const after = await cartPage();
  expect(lineOf(after, await nameOf(dearer))).toEqual([]);
  expect(lineOf(after, await nameOf(fewer))).toEqual(["Only 2 left"]);
  expect(lineOf(after, await nameOf(sold))).toEqual(["Sold out. It is not part of the total."]);
  expect(wordsOf(after)).toContain("Total €135.00");
});

it("refuses more than there is beside what was typed, and brings a removed line back", async () => {
  const variantId = await shelf(world, 4, 1_500);
  const name = await nameOf(variantId);
  await put(variantId, 2);
  const line = (html: string) => html.match(/<li .*?<\/li>/gs)?.find((each) => each.includes(name)) ?? "";
  const refused = await sendForm(line(await cartPage()), 'name="quantity"', changeQuantity, {
    quantity: "9",
  });
  expect(refused).toMatchObject({ status: "error", message: expect.stringContaining("4") });
  const removed = await sendForm(line(await cartPage()), "Remove", removeLine);
  if (!("to" in removed)) throw new Error(JSON.stringify(removed));
  const notice = await cartPage(Object.fromEntries(new URL(removed.to, "http://shop").searchParams));
  expect(wordsOf(notice)).toContain(`${name} is out of your cart.`);
  expect(wordsOf(notice)).toContain("Your cart is empty");
  expect(await sendForm(notice, ">Undo", undoRemove)).toEqual({ to: "/cart" });
  expect(wordsOf(await cartPage())).toContain("€30.00");
});

it("tells the whole cost for a place before anything personal is asked", async () => {
  await put(await shelf(world, 9, 3_690), 1);
  const cost = async () =>
    wordsOf(await cartPage())
      .split("\n")
      .join(" ")
      .match(/Subtotal .*?Total €[\d.]+(?: .*?€[\d.]+)?/)?.[0];
  expect(await cost()).toContain("Subtotal €36.90 Delivery, estimate €4.90");
  // 23 % in Ireland, 19 % in Germany: of goods and delivery alike.
  expect(await cost()).toContain("€7.82");
  const html = await cartPage();
  expect(
    await sendForm(html, 'aria-label="Where it would go"', estimateFor, { country: "DE" }),
  ).toMatchObject({
    status: "ok",
  });
  expect(await cost()).toContain("€6.67");
  const place = wordsOf(await checkoutPage());
  expect(place).toContain("Where should it go?");
});

/** Leaves a cart behind with the tick for a mail. Answers the address that the mail leads to. */
async function leave(variantId: string, email: string): Promise<Record<string, string>> {
  await put(variantId, 2);
  const typed = {
    email,
    remind: "on",
    "shipping.name": BERLIN.name,
    "shipping.line1": BERLIN.line1,
    "shipping.city": BERLIN.city,
    "shipping.postalCode": BERLIN.postalCode ?? "",
    "shipping.country": "DE",
  };
  expect(await sendForm(await checkoutPage(), 'name="email"', saveAddress, typed)).toEqual({
    to: "/checkout/delivery",
  });
  await db.execute(
    sql`UPDATE carts SET updated_at = shop_now() - interval '5 hours' WHERE status = 'active'`,
  );
  await db.execute(sql`UPDATE checkouts SET updated_at = shop_now() - interval '5 hours'`);
  await reminder.remind(world.system);
  const [sent] = await db.select().from(mail).where(eq(mail.toEmail, email));
  const parts = await readMailParts(db, sent?.id ?? "");
  if (!parts) throw new Error("no mail was sent");
  const [, query = ""] = /\/cart\/open\?(\S+)/.exec(render(parts).text) ?? [];
  return Object.fromEntries(new URLSearchParams(query));
}
const linkPage = (link: Record<string, string>) => pageOf(OpenCartPage as unknown as Page, link);

it("the link of a reminder brings the goods to another device, once, and signs nobody in", async () => {
  const variantId = await shelf(world, 9, 2_500);
  const name = await nameOf(variantId);
  const link = await leave(variantId, "left@example.com");
  const first = changeBrowser();
  // A look alone changes nothing: mail programs follow links by themselves.
  const html = await linkPage(link);
  expect(wordsOf(html)).toContain(name);
  expect(wordsOf(await cartPage())).toContain("Your cart is empty");
  expect(html).not.toContain("left@example.com");

  for (const _ of ["once", "and again"])
    expect(await sendForm(html, "Put it into my cart", openLinkedCart)).toEqual({ to: "/cart" });
  expect(wordsOf(await cartPage())).toContain("€50.00");
  expect(await getSession()).toBeNull();
  // The address that was typed on the first device does not come along: the link may have been passed on.
  expect(await checkoutPage()).not.toContain("left@example.com");
  expect(await checkoutPage()).not.toContain("Torstraße");
  // On the device that it came from it is the same cart still.
  changeBrowser(first);
  expect(wordsOf(await linkPage(link))).toContain("This is your cart");
  expect(wordsOf(await cartPage())).toContain("€50.00");
});

it("the link opens an account's cart for nobody else, and none with another key", async () => {
  const variantId = await shelf(world, 9, 2_600);
  await comeAs(world.id.ada);
  const link = await leave(variantId, "kept@example.com");
  const mine = changeBrowser();
  for (const who of [null, world.id.ben]) {
    await comeAs(who);
    const html = await linkPage(link);
    expect(wordsOf(html)).toContain("It belongs to an account. Sign in, and it is there as you left it.");
    expect(html).not.toContain("Put it into my cart");
    const form = new FormData();
    for (const [field, value] of Object.entries({ "link.cartId": link.cart, "link.key": link.key }))
      form.set(field, value ?? "");
    expect(await openLinkedCart({ status: "idle" }, form)).toMatchObject({ code: "not_found" });
    expect(wordsOf(await cartPage())).toContain("Your cart is empty");
  }
  changeBrowser(mine);
  expect(wordsOf(await linkPage(link))).toContain("This is your cart");
  const wrong = { ...link, key: [...(link.key ?? "")].reverse().join("") };
  expect(wordsOf(await linkPage(wrong))).toContain("This cart is no longer open");
});
