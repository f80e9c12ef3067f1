/** Carts left behind: who is reminded, once; the link that opens the cart; the consent that is taken back. */
import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/cart/unsubscribe/route";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { BERLIN, getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { readMailParts } from "@/db/mail-parts";
import { mail } from "@/db/schema/notifications";
import { cartKey } from "@/lib/cart-key";
import type { Shopper } from "@/lib/domain/actors";
import { render } from "@/lib/mail/render";
import { getLinkedCart } from "@/lib/queries/cart-link";
import * as cart from "./cart";
import * as reminder from "./cart-reminder";
import { saveAddress } from "./checkout/steps";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const hoursAgo = (cartId: string, hours: number) =>
  db.execute(sql`
    WITH old AS (UPDATE carts SET updated_at = shop_now() - make_interval(hours => ${hours}::int) WHERE id = ${cartId})
    UPDATE checkouts SET updated_at = shop_now() - make_interval(hours => ${hours}::int) WHERE cart_id = ${cartId}`);
const mailsTo = (email: string) => db.select().from(mail).where(eq(mail.toEmail, email));
const told = (email: string, remind: boolean) => ({ email, remind, shipping: BERLIN, billing: null });

/** A cart whose shopper asked to be reminded, `hours` ago. */
async function left(shopper: Shopper, email: string, { hours = 5, remind = true, stock = 5 } = {}) {
  const variantId = await shelf(world, stock, 2_000);
  const { cartId } = await getReady(shopper, [{ variantId, quantity: 2 }], { email });
  await saveAddress(shopper, told(email, remind));
  await hoursAgo(cartId, hours);
  return { cartId, variantId, key: cartKey(cartId) };
}

test("who asked is reminded once, with goods, a link to the cart and a way out", async () => {
  const { cartId, key } = await left(guest(), "left@example.com");
  await Promise.all([reminder.remind(world.system), reminder.remind(world.system)]);
  await reminder.remind(world.system);
  const mails = await mailsTo("left@example.com");
  expect(mails).toHaveLength(1);
  const parts = await readMailParts(db, mails[0]?.id ?? "");
  if (!parts) throw new Error("the mail is gone");
  const { text, html, unsubscribe } = render(parts);
  expect(text).toContain(`/cart/open?cart=${cartId}&key=${key}`);
  expect(text).toContain("€40.00");
  expect(unsubscribe).toContain(`/api/cart/unsubscribe?cart=${cartId}&key=${key}`);
  expect(html).toContain("No more of these");
  expect(render(parts, { withoutSecrets: true }).text).not.toContain(key);
});

test("one mailbox hears of one cart a day, however many name it", async () => {
  await left(guest(), "many@example.com");
  await left(guest(), "MANY+2@example.com");
  await reminder.remind(world.system);
  await left(guest(), "many@example.com");
  await reminder.remind(world.system);
  const all = [...(await mailsTo("many@example.com")), ...(await mailsTo("MANY+2@example.com"))];
  expect(all).toHaveLength(1);
});

test("nobody else is: too early, too late, not asked, taken back, sold out, emptied, ordered since", async () => {
  await left(guest(), "early@example.com", { hours: 3 });
  await left(guest(), "late@example.com", { hours: 24 * 15 });
  await left(guest(), "silent@example.com", { remind: false });
  const back = guest();
  const { cartId } = await left(back, "back@example.com");
  await saveAddress(back, told("back@example.com", false));
  await hoursAgo(cartId, 5);
  const soldOut = await left(guest(), "sold@example.com", { stock: 2 });
  await order(guest(), [{ variantId: soldOut.variantId, quantity: 2 }]);
  const emptied = guest();
  const { cartId: empty } = await left(emptied, "empty@example.com");
  await db.execute(sql`DELETE FROM cart_items WHERE cart_id = ${empty}`);
  const { variantId } = await left(guest(), "Bought@example.com");
  await order(guest(), [{ variantId, quantity: 1 }], { email: "bought@example.com" });
  await reminder.remind(world.system);
  for (const who of ["early", "late", "silent", "back", "sold", "empty", "Bought"])
    expect(
      (await mailsTo(`${who}@example.com`)).filter(({ template }) => template === "cart_reminder"),
      who,
    ).toEqual([]);
});

test("the link opens the cart on another device, twice without doubling, and only with its key", async () => {
  const { cartId, variantId, key } = await left(guest(), "device@example.com");
  const other = guest();
  await expect(reminder.open(other, { cartId, key: cartKey(variantId) })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await getLinkedCart(other, cartId, `${key}x`)).toBeNull();
  expect(await getLinkedCart(other, cartId, key)).toMatchObject({ state: "open", items: [{ quantity: 2 }] });
  await cart.add(other, { variantId, quantity: 1 });
  expect(await reminder.open(other, { cartId, key })).toEqual({ count: 2 });
  expect(await reminder.open(other, { cartId, key })).toEqual({ count: 2 });
});

test("at sign-in the wish to be reminded goes along, and a reminder that was sent counts", async () => {
  const cartOf = async () => {
    const [row] = await db.execute<{ id: string }>(
      sql`SELECT id FROM carts WHERE user_id = ${world.ada.userId} AND status = 'active'`,
    );
    return row?.id ?? "";
  };
  const shopper = guest();
  await left(shopper, "merged@example.com");
  await cart.merge(world.ada, shopper.tokenHash ?? "");
  await hoursAgo(await cartOf(), 5);
  await reminder.remind(world.system);
  expect(await mailsTo("merged@example.com")).toHaveLength(1);
  await cart.add(world.ada, { variantId: await shelf(world, 5), quantity: 1 });
  const again = guest();
  await left(again, "merged@example.com");
  await cart.merge(world.ada, again.tokenHash ?? "");
  await hoursAgo(await cartOf(), 5);
  await reminder.remind(world.system);
  // The second guest's cart was merged before its time; the account's was reminded of.
  expect(await mailsTo("merged@example.com")).toHaveLength(1);
});

test("an ordered cart opens no more, an account's opens for its account alone", async () => {
  const shopper = guest();
  const { cartId, key, variantId } = await left(shopper, "gone@example.com");
  await order(shopper, [{ variantId, quantity: 1 }], { email: "gone@example.com" });
  expect(await getLinkedCart(guest(), cartId, key)).toBeNull();
  await expect(reminder.open(guest(), { cartId, key })).rejects.toMatchObject({ code: "not_found" });
  const own = await left(world.ben, "ben@example.com");
  expect(await getLinkedCart(guest(), own.cartId, own.key)).toMatchObject({ state: "account" });
  await expect(reminder.open(guest(), own)).rejects.toMatchObject({ code: "not_found" });
  expect(await getLinkedCart(world.ben, own.cartId, own.key)).toMatchObject({ state: "mine" });
});

test("one click in a mail program ends it for every cart of that mailbox, without cookies", async () => {
  const one = await left(guest(), "stop@example.com");
  await left(guest(), "STOP+again@example.com");
  await left(guest(), "others@example.com");
  const post = (query: string) =>
    POST(new Request(`http://shop.test/api/cart/unsubscribe?${query}`, { method: "POST" }));
  expect((await post(`cart=${one.cartId}&key=wrong`)).status).toBe(404);
  expect((await post(`cart=nothing&key=${one.key}`)).status).toBe(404);
  expect((await post(`cart=${one.cartId}&key=${one.key}`)).status).toBe(200);
  expect((await post(`cart=${one.cartId}&key=${one.key}`)).status).toBe(200);
  await reminder.remind(world.system);
  expect(await mailsTo("stop@example.com")).toEqual([]);
  expect(await mailsTo("STOP+again@example.com")).toEqual([]);
  expect(await mailsTo("others@example.com")).toHaveLength(1);
});
