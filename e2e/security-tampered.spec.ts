/** False fields in the shop's own forms, by guests, customers and owners: prices, roles, owners and states are refused. Over HTTP, no browser. */
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { shipping } from "./authorisation/deed";
import { actions } from "./authorisation/deeds";
import { doorOf, fieldOf, newPerson, withCookies } from "./authorisation/person";
import { base, post, saidBy, someAddress } from "./authorisation/sending";
import { NOWHERE, openWorld, unknownOf } from "./authorisation/world";

test.describe.configure({ mode: "default", timeout: 240_000 });

/** What no form of the shop has: prices, roles, owners, states, and names that JavaScript gives a meaning. */
const TAMPERED = {
  ...{
    price: "0.01",
    unitPrice: "1",
    "variants.0.price": "0.01",
    subtotal: "1",
    total: "1",
    shippingTotal: "0",
  },
  ...{ tax: "0", discount: "99999", amount: "1", commission: "0", currency: "JPY", captured: "999999" },
  ...{
    role: "admin",
    "user.role": "admin",
    kind: "admin",
    isAdmin: "true",
    isActive: "true",
    isVerified: "true",
  },
  ...{
    emailVerifiedAt: "2020-01-01",
    passwordHash: "x",
    ownerId: NOWHERE,
    userId: NOWHERE,
    actorId: NOWHERE,
  },
  ...{ status: "completed", paymentStatus: "paid", fulfilmentStatus: "delivered" },
  ...{ "__proto__.role": "admin", "constructor.prototype.role": "admin", "__proto__.isAdmin": "true" },
};

/** Who sends false fields: each may do other things, and none of them this. */
const SENDERS = ["guest", "customer", "owner"] as const;
const NEEDS = { anybody: 0, user: 1, staff: 2, admin: 3 } as const;

/** Their cookies and, where they have an account, its address. The owner is one whose things the world's are not. */
async function senderOf(
  who: (typeof SENDERS)[number],
  { cookies }: Awaited<ReturnType<typeof openWorld>>,
): Promise<{ cookie: string; email: string }> {
  if (who === "customer") return newPerson();
  return { cookie: who === "owner" ? cookies["other owner"] : "", email: "" };
}

for (const who of SENDERS)
  test(`${who}: nobody gets a price, a role, an owner or a status by sending one, whichever action it is sent to`, async () => {
    const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
    try {
      const opened = await openWorld();
      const { world } = opened;
      const { cookie, email } = await senderOf(who, opened);
      // Of the demo's people and the sender: other journeys invite staff meanwhile.
      const looked = async () => {
        const [row] = await sql`
          WITH people AS (SELECT * FROM users WHERE created_at < shop_now() - interval '1 day' OR email = ${email})
          SELECT (SELECT string_agg(row(u.id, u.role, u.password_hash, u.is_active)::text, ' ' ORDER BY u.id)
              FROM people u WHERE u.role <> 'customer') AS staff,
            (SELECT count(*)::int FROM people WHERE email_verified_at IS NOT NULL) AS proved,
            (SELECT string_agg(row(o.id, o.user_id, o.commission, o.is_active, o.stripe_account_id)::text, ' ' ORDER BY o.id)
              FROM owners o JOIN people u ON u.id = o.user_id) AS shops,
            (SELECT count(*)::int FROM variants WHERE price = 1) AS cheap,
            (SELECT row(owner_id, status, version)::text FROM products WHERE id = ${world.product}) AS product,
            (SELECT row(status, total, subtotal, captured, user_id, currency)::text FROM orders WHERE id = ${world.order}) AS ordered`;
        return row;
      };
      const before = await looked();
      const wrong: string[] = [];
      for (const [name, deed] of Object.entries(actions)) {
        for (const own of [deed.to?.(world) ?? {}, deed.to?.(unknownOf(world)) ?? {}]) {
          const said = await saidBy(await post(doorOf(name), { ...TAMPERED, ...own }, { cookie }));
          // Whoever may not is told so first.
          const closed = who === "guest" ? "sign_in_required" : "forbidden";
          const expected = NEEDS[deed.who] > SENDERS.indexOf(who) ? closed : "invalid_input";
          if (said !== expected) wrong.push(`${name}: ${said} instead of ${expected}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(await looked()).toEqual(before);
    } finally {
      await sql.end();
    }
  });

test("whoever signs up with a role, a shop and a proved address has no account; without them one of a customer", async () => {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    const email = `tampered-${Date.now()}@example.com`;
    const typed = { name: "Nell Plain", email, password: "four plumb words of mine" };
    const send = async (fields: object) =>
      saidBy(await post(doorOf("accounts.ts#signUp"), { ...typed, ...fields }));
    const made = () => sql`
      SELECT u.role, u.email_verified_at AS proved, u.password_hash LIKE '$argon2%' AS own,
        EXISTS (SELECT FROM owners o WHERE o.user_id = u.id) AS sells FROM users u WHERE u.email = ${email}`;
    for (const [name, value] of Object.entries(TAMPERED))
      expect(await send({ [name]: value }), name).toBe("invalid_input");
    expect(await made()).toHaveLength(0);
    expect(await send({})).toBe("leads on");
    expect([...(await made())]).toEqual([{ role: "customer", proved: null, own: true, sells: false }]);
  } finally {
    await sql.end();
  }
});

for (const who of SENDERS)
  test(`${who}: false prices are refused in every form of a purchase, which then costs what it costs`, async () => {
    const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
    try {
      const opened = await openWorld();
      const { world } = opened;
      let { cookie } = await senderOf(who, opened);
      const email = `nell-${who}-${Date.now()}@example.com`;
      const [piece] = await sql<{ id: string; price: number }[]>`
        SELECT v.id, v.price::int AS price FROM variants v JOIN products p ON p.id = v.product_id
        JOIN inventory i ON i.variant_id = v.id
        WHERE p.status = 'active' AND v.is_active AND v.price > 2000 AND i.on_hand - i.reserved > 5 AND v.id <> ${world.variant}
        ORDER BY v.id DESC LIMIT 1`;
      const send = async (name: string, fields: Record<string, string>) => {
        expect(await saidBy(await post(doorOf(name), { ...fields, ...TAMPERED }, { cookie })), name).toBe(
          "invalid_input",
        );
        const answer = await post(doorOf(name), fields, { cookie });
        cookie = withCookies(cookie, answer);
        return saidBy(answer);
      };
      const page = async (path: string) =>
        (await fetch(base + path, { headers: { cookie, "x-forwarded-for": someAddress() } })).text();

      expect(await send("cart.ts#addToCart", { variantId: piece?.id ?? "", quantity: "2" })).toBe("done");
      expect(await send("checkout.ts#saveAddress", { email, ...shipping })).toBe("leads on");
      const rate = fieldOf(await page("/checkout/delivery"), "shippingRateId");
      expect(await send("checkout.ts#saveDelivery", { shippingRateId: rate })).toBe("leads on");
      const payment = await page("/checkout/payment");
      const checkoutId = fieldOf(payment, "checkoutId");
      const expectedTotal = fieldOf(payment, "expectedTotal");
      const pay = (total: string) =>
        send("checkout.ts#placeOrder", { method: "cash_on_delivery", checkoutId, expectedTotal: total });
      // A total that the buyer would like is not charged and not taken: the page is shown again.
      for (const total of ["1", "0", String(Number(expectedTotal) - 1)])
        expect(await pay(total)).toBe("cart_changed");
      expect(await pay("-1")).toBe("invalid_input");
      expect(await pay(expectedTotal)).toBe("leads on");

      const [order] = await sql<Record<string, unknown>[]>`
        SELECT o.total::int, o.status, o.currency, l.unit_price::int AS price, l.quantity, l.commission, w.commission AS agreed,
          s.commission AS usual, u.role
        FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN owners w ON w.id = l.owner_id LEFT JOIN users u ON u.id = o.user_id,
          settings s WHERE o.id = (SELECT max(o2.id::text)::uuid FROM orders o2 WHERE o2.email = ${email})`;
      expect(order).toMatchObject({
        ...{ total: Number(expectedTotal), status: "confirmed", currency: "EUR" },
        ...{ price: piece?.price, quantity: 2, role: who === "guest" ? null : who },
      });
      expect(order?.commission).toBe(order?.agreed ?? order?.usual);
    } finally {
      await sql.end();
    }
  });
