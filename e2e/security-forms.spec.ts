/** What an attacker sends instead of a form, to every action and every route handler of the code. Over HTTP, no browser. */
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { voteInput } from "@/lib/domain/reviews";
import { actions } from "./authorisation/deeds";
import { listRoutes } from "./authorisation/listing";
import { doorOf, fieldOf, newPerson, signInAs, withCookies } from "./authorisation/person";
import { routes } from "./authorisation/places";
import { base, post, saidBy, someAddress } from "./authorisation/sending";
import { NOWHERE, openWorld, unknownOf } from "./authorisation/world";

test.describe.configure({ mode: "default", timeout: 240_000 });

const EVIL = "https://evil.example";
/** How a browser on another site, or no browser at all, sends a form: nothing in it can be set by the other site. */
const HOSTILE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "without an origin": { origin: "" },
  "from a sandboxed frame": { origin: "null" },
  "from another site": { origin: EVIL, "sec-fetch-site": "cross-site" },
  "with forged headers of a proxy": {
    origin: EVIL,
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "host=evil.example;proto=https",
  },
  "with a forged host": { origin: EVIL, host: "evil.example" },
};

test("no action and no route handler takes a form that is not from a page of the shop", async () => {
  const { world, cookies } = await openWorld();
  const wrong: string[] = [];
  for (const [how, headers] of Object.entries(HOSTILE)) {
    for (const [name, deed] of Object.entries(actions)) {
      const answer = await post(doorOf(name), deed.to?.(world) ?? {}, { cookie: cookies.admin, headers });
      const text = await answer.text();
      if (answer.status !== 403 || !text.includes("nothing was done"))
        wrong.push(`${name} ${how}: ${answer.status} ${text.slice(0, 80)}`);
    }
    for (const route of listRoutes().filter((line) => !/^(?:GET|HEAD) /.test(line))) {
      const [method, pattern = ""] = route.split(" ");
      const line = routes[route];
      const address = typeof line === "object" && "address" in line ? line.address(world) : pattern;
      const answer = await fetch(base + address, {
        method,
        redirect: "manual",
        body: new URLSearchParams({ typed: "x" }),
        headers: { cookie: cookies.admin, "x-forwarded-for": someAddress(), ...headers },
      });
      // Four of them are called by machines: those ask for a signature, a secret or a key.
      if (![400, 403, 404].includes(answer.status)) wrong.push(`${route} ${how}: ${answer.status}`);
    }
  }
  expect(wrong).toEqual([]);
});

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

test("nobody gets a price, a role, an owner or a status by sending one, whichever action it is sent to", async () => {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    const { world } = await openWorld();
    const { email, cookie } = await newPerson();
    const looked = async () => {
      const [row] = await sql`
        SELECT (SELECT row(u.role, u.email_verified_at, u.password_hash, u.is_active)::text FROM users u WHERE email = ${email}) AS me,
          (SELECT count(*)::int FROM owners o JOIN users u ON u.id = o.user_id WHERE u.email = ${email}) AS shops,
          (SELECT count(*)::int FROM variants WHERE price = 1) AS cheap,
          (SELECT row(owner_id, status)::text FROM products WHERE id = ${world.product}) AS product,
          (SELECT row(status, total, subtotal, user_id, currency)::text FROM orders WHERE id = ${world.order}) AS ordered`;
      return row;
    };
    const before = await looked();
    const wrong: string[] = [];
    // Signing out is left to the end: afterwards nobody would be asking.
    const names = Object.keys(actions).filter((name) => name !== "accounts.ts#signOut");
    for (const name of names) {
      const deed = actions[name];
      for (const own of [deed?.to?.(world) ?? {}, deed?.to?.(unknownOf(world)) ?? {}]) {
        const said = await saidBy(await post(doorOf(name), { ...TAMPERED, ...own }, { cookie }));
        if (said.startsWith("answered") || said === "internal") wrong.push(`${name}: ${said}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await looked()).toEqual(before);
  } finally {
    await sql.end();
  }
});

test("a whole purchase with false prices in every form costs what it costs", async () => {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    const { world } = await openWorld();
    let { cookie } = await newPerson();
    const [piece] = await sql<{ id: string; price: number }[]>`
      SELECT v.id, v.price::int AS price FROM variants v JOIN products p ON p.id = v.product_id
      JOIN inventory i ON i.variant_id = v.id
      WHERE p.status = 'active' AND v.is_active AND v.price > 2000 AND i.on_hand - i.reserved > 5 AND v.id <> ${world.variant}
      ORDER BY v.id DESC LIMIT 1`;
    const send = async (name: string, fields: Record<string, string>) => {
      const answer = await post(doorOf(name), { ...TAMPERED, ...fields }, { cookie });
      cookie = withCookies(cookie, answer);
      return saidBy(answer);
    };
    const page = async (path: string) =>
      (await fetch(base + path, { headers: { cookie, "x-forwarded-for": someAddress() } })).text();

    expect(await send("cart.ts#addToCart", { variantId: piece?.id ?? "", quantity: "2" })).toBe("done");
    const shipping = {
      name: "Nell Plain",
      line1: "Torstrasse 1",
      city: "Berlin",
      postalCode: "10119",
      country: "DE",
    };
    const address = Object.fromEntries(
      Object.entries(shipping).map(([name, value]) => [`shipping.${name}`, value]),
    );
    expect(await send("checkout.ts#saveAddress", { email: "nell@example.com", ...address })).toBe("leads on");
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
      FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN owners w ON w.id = l.owner_id JOIN users u ON u.id = o.user_id,
        settings s WHERE o.id = (SELECT max(o2.id::text)::uuid FROM orders o2 WHERE o2.email = 'nell@example.com')`;
    expect(order).toMatchObject({
      ...{ total: Number(expectedTotal), status: "confirmed", currency: "EUR" },
      ...{ price: piece?.price, quantity: 2, role: "customer" },
    });
    expect(order?.commission).toBe(order?.agreed ?? order?.usual);
  } finally {
    await sql.end();
  }
});

/** Addresses that some browser, some time, read as one of another site, or that end a header. */
const ELSEWHERE = [
  ...["//evil.example", "///evil.example", "////evil.example/%2f..", "/\\evil.example", "\\\\evil.example"],
  ...[
    "\\/evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
  ],
  ...["/%09/evil.example", "/%5cevil.example", "/%2f/evil.example", "/.//evil.example", "/..//evil.example"],
  ...[
    "/./\\evil.example",
    "/account/../..//evil.example",
    "/;@evil.example",
    "/@evil.example/..//evil.example",
  ],
  ...[
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "HTTPS://EVIL.EXAMPLE",
  ],
  ...[
    "http://evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
  ],
  ...[
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox",
    "file:///etc/passwd",
  ],
  ...["//evil.example\\@localhost", "//localhost@evil.example", "https://localhost:3000@evil.example"],
  ...["http://localhost.evil.example", "evil.example", "@evil.example", ".evil.example", "//evil。example"],
  ...[
    "/\u0000/evil.example",
    "/\u200b/evil.example",
    "/\u202e/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
  ],
  ...[
    "/\r\nLocation: https://evil.example",
    "?callbackUrl=//evil.example",
    "#//evil.example",
    "//[::1]@evil.example",
  ],
];

test(`no return address leads to another site, in any of ${ELSEWHERE.length} forms`, async () => {
  const { email, cookie } = await newPerson();
  const wrong: string[] = [];
  const own = new URL(base).origin;
  const check = (where: string, asked: string, to: string | null) => {
    if (to === null) return;
    // Auth.js names itself in full.
    const led = new URL(to, base);
    if (led.origin !== own || /[\r\n\\]/.test(to) || to.startsWith("//"))
      wrong.push(`${where} ${JSON.stringify(asked)}: ${to}`);
  };
  for (const asked of ELSEWHERE) {
    const query = `callbackUrl=${encodeURIComponent(asked)}`;
    for (const path of [
      "/sign-in",
      "/sign-up",
      "/sign-in/code",
      "/api/auth/signin",
      "/api/auth/signout",
      "/api/auth/error",
    ]) {
      const answer = await fetch(`${base}${path}?${query}&next=${encodeURIComponent(asked)}`, {
        redirect: "manual",
        headers: { cookie, "x-forwarded-for": someAddress() },
      });
      check(path, asked, answer.headers.get("location"));
      if (answer.headers.has("evil") || answer.status >= 500)
        wrong.push(`${path} ${asked}: ${answer.status}`);
    }
    const { answer } = await signInAs(email, { callbackUrl: asked });
    check("signIn", asked, (answer.headers.get("x-action-redirect") ?? "").replace(/;(?:push|replace)$/, ""));
    // Where one is led without a session keeps the address for later: it must be a harmless one by then.
    for (const name of ["accounts.ts#signUp", "second-factor.ts#giveSecondFactor"]) {
      const fields = {
        name: "Nell",
        email,
        password: "four plumb words of mine",
        code: "000000",
        callbackUrl: asked,
      };
      const led = (await post(doorOf(name), fields)).headers.get("x-action-redirect") ?? "";
      check(name, asked, led.replace(/;(?:push|replace)$/, ""));
      const kept = new URL(led.replace(/;(?:push|replace)$/, ""), base).searchParams.get("callbackUrl");
      check(`kept by ${name}`, asked, kept);
    }
    check("voteReview", asked, voteInput.shape.back.parse(asked));
  }
  expect(wrong).toEqual([]);
});
