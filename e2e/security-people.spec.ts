/** What a stranger learns of people and takes from them: guessing, asking, staying signed in, reading secrets. Over HTTP. */
import { expect, test } from "@playwright/test";
import { encode } from "next-auth/jwt";
import postgres from "postgres";
import sharp from "sharp";
import { doorOf, newPerson, PASSWORD, signInAs, withCookies } from "./authorisation/person";
import { addressesOf, pages } from "./authorisation/places";
import { base, post, saidBy, sendPicture, someAddress } from "./authorisation/sending";
import { NOWHERE, openWorld } from "./authorisation/world";
import { openSecrets, secretsIn } from "./reading/secrets";

test.describe.configure({ mode: "default", timeout: 240_000 });

/** All that an answer tells: status, where it leads, its words; without ids that are new each time. */
async function told(answer: Response): Promise<string> {
  const text = /^\w+:(\{"status":.*)$/m.exec(await answer.text())?.[1] ?? "";
  const to = answer.headers.get("x-action-redirect") ?? "";
  // What was typed stands in the form again.
  return [answer.status, to, text.replace(/"values":\{[^}]*\}/, "")].join(" | ");
}

test("whether somebody has an account is not told: signing in and up, a new password, an order", async () => {
  const { world } = await openWorld();
  const { email } = await newPerson();
  const nobody = email.replace("person-", "person-0-");
  const ask = async (name: string, fields: Record<string, string>) => told(await post(doorOf(name), fields));
  const pairs: [string, Record<string, string>, Record<string, string>][] = [
    ["accounts.ts#signIn", { email, password: "not the one" }, { email: nobody, password: "not the one" }],
    [
      "accounts.ts#signUp",
      { name: "N", email, password: PASSWORD },
      { name: "N", email: nobody, password: PASSWORD },
    ],
    [
      "accounts.ts#signUp",
      { name: "N", email, password: "short" },
      { name: "N", email: nobody, password: "short" },
    ],
    ["accounts.ts#forgotPassword", { email }, { email: nobody }],
    ["orders.ts#findOrder", { number: world.number, email: nobody }, { number: "MR-NOSUCH2", email: nobody }],
  ];
  for (const [name, known, unknown] of pairs) {
    const said = await ask(name, known);
    expect(said.length, name).toBeGreaterThan(10);
    expect(await ask(name, unknown), name).toBe(said);
  }
});

test("guessing a password: few tries from one place, none left anywhere for a crowd, and the owner still gets in", async () => {
  const { email, cookie } = await newPerson();
  const [one, two] = [someAddress(), someAddress()];
  const from = async (address: string, password: string, cookies = "") =>
    saidBy((await signInAs(email, { password, from: address, cookie: cookies })).answer);
  const tries: string[] = [];
  for (let i = 0; i < 9; i += 1) tries.push(await from(one, `guess ${i}`));
  expect(tries).toEqual([...Array(8).fill("wrong_credentials"), "too_many"]);
  // Nor with the right one, which would tell the guesser that it was right; forged hops change nothing.
  expect(await from(one, PASSWORD)).toBe("too_many");
  expect(await from(`1.2.3.4, ${one}`, PASSWORD)).toBe("too_many");
  expect(await from(two, PASSWORD)).toBe("leads on");
  // A crowd: each from a place of its own.
  for (let i = 0; i < 60; i += 1) await from(someAddress(), `guess ${i}`);
  expect(await from(someAddress(), PASSWORD)).toBe("too_many");
  expect(await from(someAddress(), PASSWORD, cookie)).toBe("leads on");
});

test("orders, codes and messages cannot be guessed or sent without end from one place", async () => {
  const tries: [string, Record<string, string>, number][] = [
    ["orders.ts#findOrder", { number: "MR-NOSUCH2", email: "n@example.com" }, 10],
    ["cart.ts#applyCode", { code: "GUESSED" }, 20],
    ["contact.ts#writeToShop", { name: "N", email: "n@example.com", message: "short", website: "" }, 5],
  ];
  for (const [name, fields, most] of tries) {
    const headers = { "x-forwarded-for": someAddress() };
    const said: string[] = [];
    for (let i = 0; i <= most; i += 1) said.push(await saidBy(await post(doorOf(name), fields, { headers })));
    expect(said.slice(0, most), name).not.toContain("too_many");
    expect(said.at(-1), name).toBe("too_many");
  }
});

test("sessions: a given one is not adopted, a signed-out one is dead, a new password ends all others", async () => {
  const { email, cookie } = await newPerson();
  const opens = async (cookies: string) => {
    const answer = await fetch(`${base}/account`, {
      redirect: "manual",
      headers: { cookie: cookies, "x-forwarded-for": someAddress() },
    });
    return answer.status === 200;
  };
  const sessionOf = (cookies: string) => /session=([^;]+)/.exec(cookies)?.[1] ?? "";
  expect(await opens(cookie)).toBe(true);

  // Whoever sets a cookie in somebody's browser before they sign in does not know the session afterwards.
  const secret = process.env.AUTH_SECRET ?? "";
  const planted = await encode({ token: { sub: NOWHERE, sid: NOWHERE }, secret, salt: "session" });
  for (const given of [planted, "made-up", sessionOf(cookie)]) {
    const { answer, cookie: after } = await signInAs(email, { cookie: `session=${given}` });
    expect(sessionOf(after)).not.toBe(given);
    const set = answer.headers.getSetCookie().find((line) => line.startsWith("session=")) ?? "";
    expect(set).toMatch(/; Path=\/.*; HttpOnly.*; SameSite=Lax/i);
    expect(await opens(after)).toBe(true);
    if (given !== sessionOf(cookie)) expect(await opens(`session=${given}`)).toBe(false);
  }
  // A token of another secret, of none, and a whole one for another place.
  const forged = await Promise.all([
    encode({ token: { sub: NOWHERE, sid: NOWHERE }, secret: "x".repeat(32), salt: "session" }),
    encode({ token: { sub: NOWHERE, sid: NOWHERE, role: "admin" }, secret, salt: "authjs.session-token" }),
  ]);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sid":"x"}').toString("base64url")}.`;
  for (const token of [...forged, unsigned]) expect(await opens(`session=${token}`)).toBe(false);

  const { cookie: phone } = await signInAs(email);
  await post(doorOf("accounts.ts#signOut"), {}, { cookie: phone });
  expect([await opens(phone), await opens(cookie)]).toEqual([false, true]);

  const { cookie: laptop } = await signInAs(email);
  const changed = await post(
    doorOf("accounts.ts#changePassword"),
    { currentPassword: PASSWORD, newPassword: "another five words of mine" },
    { cookie: laptop },
  );
  expect(await saidBy(changed)).toBe("leads on");
  const after = withCookies(laptop, changed);
  expect([await opens(cookie), await opens(laptop), await opens(after)]).toEqual([false, false, true]);
});

/** Files that are no pictures, and a picture that is something else as well, as a form sends them. */
test("uploads: what is no picture is refused in a sentence; what is one is drawn anew", async () => {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  const { cookies } = await openWorld();
  try {
    const [own] = await sql<{ id: string }[]>`
      INSERT INTO products (id, owner_id, category_id, name, slug, status)
      SELECT gen_random_uuid(), owner_id, category_id, 'A draft for pictures', 'draft-' || gen_random_uuid(), 'draft'
      FROM products WHERE status = 'active' ORDER BY id LIMIT 1 RETURNING id`;
    const productId = own?.id ?? "";
    const send = async (name: string, type: string, bytes: Uint8Array) => {
      const file = new File([bytes as BlobPart], name, { type });
      const answer = await sendPicture({ productId, alt: "A picture" }, file, cookies.admin);
      return { status: answer.status, said: await saidBy(answer) };
    };
    const page = Buffer.from("<html><script>alert(1)</script></html>");
    const bad: [string, string, Uint8Array][] = [
      [
        "picture.svg",
        "image/svg+xml",
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      ],
      ["picture.jpg", "image/jpeg", page],
      ["picture.jpg.html", "image/jpeg", Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), page])],
      ["../../../../etc/cron.d/x", "image/png", Buffer.from("* * * * * root id\n")],
      ["picture.gif", "image/gif", Buffer.from("GIF89a/*\x01\x00\x01\x00*/=1;alert(1)//", "latin1")],
    ];
    for (const [name, type, bytes] of bad) {
      const answer = await send(name, type, bytes);
      expect([answer.status, answer.said], name).toEqual([200, "invalid_input"]);
    }
    const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#c84" } })
      .withExif({ IFD0: { Artist: "Somebody secret" } })
      .jpeg()
      .toBuffer();
    const good = await send('"><img src=x onerror=alert(1)>.html', "text/html", Buffer.concat([jpeg, page]));
    expect(["done", "leads on"]).toContain(good.said);
    const [stored] = await sql<
      { key: string }[]
    >`SELECT key FROM product_images WHERE product_id = ${productId}`;
    expect(stored?.key).toMatch(/^uploads\/[\w-]+\/[0-9a-f-]{36}\.webp$/);
    const shown = await fetch(`${base}/media/${stored?.key}`, {
      headers: { "x-forwarded-for": someAddress() },
    });
    expect(shown.headers.get("content-type")).toBe("image/webp");
    expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await shown.arrayBuffer()).toString("latin1")).not.toMatch(/script|Somebody/);
    // No address leads out of the folder of pictures.
    for (const path of [
      "/media/..%2f..%2fpackage.json",
      "/media/%2e%2e/%2e%2e/etc/passwd",
      "/media/uploads/..%5c..%5cx",
    ]) {
      const answer = await fetch(base + path, { headers: { "x-forwarded-for": someAddress() } });
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
    }
    await sql`DELETE FROM product_images WHERE product_id = ${productId}`;
    await sql`DELETE FROM products WHERE id = ${productId}`.catch(() => {});
  } finally {
    await sql.end();
  }
});

// Whole pages are read for secrets where they are read for writes (get-only-reads.spec.ts).
test("no data of a page, as the browser fetches it to change pages, holds a secret, a hash, a card number or somebody else's token", async () => {
  const { world, cookies } = await openWorld();
  const secrets = await openSecrets();
  const found: string[] = [];
  const looked = { all: 0, data: 0 };
  for (const place of addressesOf(pages, world)) {
    for (const who of ["guest", "customer", "owner", "admin"] as const) {
      // Next leads on to the address that says so, too.
      const answer = await fetch(base + place, {
        headers: { cookie: cookies[who], "x-forwarded-for": someAddress(), rsc: "1" },
      });
      looked.all += 1;
      if (answer.headers.get("content-type")?.startsWith("text/x-component")) looked.data += 1;
      const held = secretsIn(await answer.text(), secrets);
      found.push(...held.map((secret) => `${who} at ${place}: ${secret}`));
    }
  }
  expect(found).toEqual([]);
  test.info().annotations.push({ type: "answers", description: JSON.stringify(looked) });
  expect(looked.data).toBeGreaterThan(looked.all * 0.9);
});
