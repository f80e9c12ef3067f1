/** No GET writes to the database or tells a secret: every page and handler, by a server whose role may only read. No browser. */
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { alertKey } from "@/lib/alert-link";
import { cartKey } from "@/lib/cart-key";
import { doorOf, fieldOf, newPerson, withCookies } from "./authorisation/person";
import { addressesOf, pages, routes } from "./authorisation/places";
import { base, post, saidBy, someAddress } from "./authorisation/sending";
import { openWorld } from "./authorisation/world";
import { type Reader, startReader } from "./reading/reader";
import { openSecrets, secretsIn } from "./reading/secrets";

/** What a GET may write all the same: the table, and why. The rest of what it does is watched as everywhere. */
const EXCEPTIONS: readonly { address: string; table: string; why: string }[] = [
  {
    address: "/api/account/export",
    table: "rate_limits",
    why: "all that is kept about a person is much to read: it is had a dozen times an hour, and that is counted",
  },
  {
    address: "/search?q=lamp",
    table: "search_log",
    why: "what was looked for and how much of it there was, of nobody: the shop learns what it has not",
  },
];

let reader: Reader;
let secrets: string[];
test.describe.configure({ mode: "default", timeout: 240_000 });
test.beforeAll(async () => {
  secrets = await openSecrets();
  reader = await startReader();
});
test.afterAll(() => reader?.stop());

type Way = readonly { who: string; cookie: string; address: string }[];

/** Asks one after the other. What was denied stands with its address, or with the next where it came after the answer; and what no answer may hold. */
async function walk(way: Way): Promise<string[]> {
  const wrong: string[] = [];
  for (const { who, cookie, address } of way) {
    const answer = await fetch(reader.url + address, {
      redirect: "manual",
      headers: { "x-forwarded-for": someAddress(), accept: "text/html,*/*", ...(cookie && { cookie }) },
    });
    const held = secretsIn(await answer.text(), secrets).map((secret) => `tells ${secret}`);
    const denied = reader.deniedSince();
    wrong.push(...[...denied, ...held].map((said) => `${who} at ${address}: ${said}`));
    if (answer.status >= 500 && denied.length === 0) wrong.push(`${who} at ${address}: ${answer.status}`);
  }
  await new Promise((next) => setTimeout(next, 500));
  return [...wrong, ...reader.deniedSince().map((said) => `afterwards: ${said}`)];
}

/** Where the staff sees more than a customer does. */
const OFFICE = /^\/(?:admin|account|api)\b/;

const isNoException = (address: string) => EXCEPTIONS.every((one) => one.address !== address);

test("every page and every GET handler, as guest, customer, owner and admin", async () => {
  const { world, cookies } = await openWorld();
  const gets = Object.entries(routes).filter(([route]) => route.startsWith("GET "));
  const handlers = Object.fromEntries(gets.map(([route, line]) => [route.slice(4), line]));
  const addresses = [...addressesOf(pages, world), ...addressesOf(handlers, world)];
  expect(addresses.length).toBeGreaterThan(120);
  const way = (["guest", "customer", "owner", "admin"] as const).flatMap((who) =>
    addresses
      .filter(
        (address) =>
          isNoException(address) && (who === "guest" || who === "customer" || OFFICE.test(address)),
      )
      .map((address) => ({ who, cookie: cookies[who], address })),
  );
  expect(await walk(way)).toEqual([]);
});

test("lists with words, and links that are keys", async () => {
  const { world, cookies } = await openWorld();
  const { alert, cart } = world;
  const keys = [
    `/alerts/${alert}?key=${alertKey(alert)}`,
    `/api/alerts/stop?alert=${alert}&key=${alertKey(alert)}`,
    ...["/cart/open", "/cart/reminders", "/api/cart/unsubscribe"].map(
      (page) => `${page}?cart=${cart}&key=${cartKey(cart)}`,
    ),
    "/verify-email?token=of-a-mail",
  ];
  const lists = [
    "products",
    "orders",
    "customers",
    "stock",
    "reviews",
    "returns",
    "refunds",
    "mail",
    "audit",
  ];
  const way = [
    ...keys.map((address) => ({ who: "whoever has the key", cookie: "", address })),
    ...lists.map((list) => ({ who: "admin", cookie: cookies.admin, address: `/admin/${list}?q=lamp` })),
  ];
  expect(await walk(way)).toEqual([]);
});

test("a purchase under way: wishes, cart, the steps of the checkout, an order that waits for its money", async () => {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    const [piece] = await sql<{ id: string }[]>`
      select v.id from variants v join products p on p.id = v.product_id join inventory i on i.variant_id = v.id
      where p.status = 'active' and v.is_active and v.price > 2000 and i.on_hand - i.reserved > 5 order by v.id desc limit 1`;
    let { email, cookie } = await newPerson();
    const send = async (name: string, fields: Record<string, string>) => {
      const answer = await post(doorOf(name), fields, { cookie });
      cookie = withCookies(cookie, answer);
      return saidBy(answer);
    };
    const wayOf = (...addresses: string[]) =>
      addresses.map((address) => ({ who: "a buyer", cookie, address }));
    const fields = async (path: string, ...names: string[]) => {
      const html = await (await fetch(base + path, { headers: { cookie } })).text();
      return Object.fromEntries(names.map((name) => [name, fieldOf(html, name)]));
    };
    const thing = { variantId: piece?.id ?? "", quantity: "1" };
    await send("wishlist.ts#toggleWishlist", { variantId: thing.variantId });
    await send("wishlist.ts#shareWishlist", {});
    const [wishes] = await sql<{ token: string }[]>`
      select w.share_token as token from wishlists w join users u on u.id = w.user_id where u.email = ${email}`;
    expect(await send("cart.ts#addToCart", thing)).toBe("done");
    expect(await walk(wayOf(`/wishlist/${wishes?.token}`, "/wishlist", "/cart", "/checkout"))).toEqual([]);

    const home = {
      name: "Nell Plain",
      line1: "Torstrasse 1",
      city: "Berlin",
      postalCode: "10119",
      country: "DE",
    };
    const shipping = Object.entries(home).map(([name, value]) => [`shipping.${name}`, value]);
    expect(await send("checkout.ts#saveAddress", { email, ...Object.fromEntries(shipping) })).toBe(
      "leads on",
    );
    expect(await walk(wayOf("/checkout/delivery"))).toEqual([]);
    expect(await send("checkout.ts#saveDelivery", await fields("/checkout/delivery", "shippingRateId"))).toBe(
      "leads on",
    );
    expect(await walk(wayOf("/checkout/payment"))).toEqual([]);
    const hidden = await fields("/checkout/payment", "checkoutId", "expectedTotal");
    expect(await send("checkout.ts#placeOrder", { method: "card", ...hidden })).toBe("done");
    const [order] = await sql<{ number: string }[]>`select number from orders where email = ${email}`;
    const page = `/orders/${order?.number}`;
    expect(
      await walk(wayOf(page, `${page}/payment`, "/checkout", `/api/orders/status?number=${order?.number}`)),
    ).toEqual([]);
  } finally {
    await sql.end();
  }
});

// Last: from here on the tables of the exceptions may be written.
test("an exception writes its one table and nothing else", async () => {
  const { cookies } = await openWorld();
  for (const { address, table } of EXCEPTIONS) {
    const way = [{ who: "customer", cookie: cookies.customer, address }];
    expect(await walk(way)).toEqual([`customer at ${address}: permission denied for table ${table}`]);
    await reader.mayWrite(table);
    expect(await walk(way)).toEqual([]);
  }
});
