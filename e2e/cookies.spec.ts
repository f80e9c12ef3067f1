/** Cookies on https: a second server of the same shop that believes to stand behind a proxy with a certificate. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { CLIENT, type Providers, startProviders } from "@/db/testing/sign-in-providers";
import { doorOf, newPerson, PASSWORD } from "./authorisation/person";
import { base, post } from "./authorisation/sending";

const SITE = "https://shop.example";
let server: ChildProcess;
let google: Providers;
let port = 0;

const freePort = () =>
  new Promise<number>((done) => {
    const probe = createServer().listen(0, () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => done(free));
    });
  });

test.beforeAll(async () => {
  test.setTimeout(90_000);
  port = await freePort();
  google = await startProviders([`${SITE}/api/auth/callback/google`]);
  server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "-p", String(port)], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      SITE_URL: SITE,
      PORT: String(port),
      ALLOW_SANDBOX: "1",
      WORKER: "off",
      WARM: "off",
      AUTH_GOOGLE_ID: CLIENT.id,
      AUTH_GOOGLE_SECRET: CLIENT.secret,
      NODE_OPTIONS: `--import=${path.resolve("db/testing/far-side.mjs")}`,
      FAR_SIDE: google.url,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/api/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(answers, { timeout: 60_000 }).toBe(true);
});
test.afterAll(() => {
  server.kill();
  google.close();
});

/** What a proxy sends on: the shop's name, and the client's address. */
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    redirect: "manual",
    ...init,
    headers: {
      host: "shop.example",
      "x-forwarded-proto": "https",
      "x-forwarded-for": "203.0.113.77",
      ...init.headers,
    },
  });

const form = (fields: Record<string, string>, id: string) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(`_1_${name}`, value);
  data.set("0", JSON.stringify([{ status: "idle" }, "$K1"]));
  return {
    method: "POST",
    body: data,
    headers: { origin: SITE, "next-action": id, accept: "text/x-component" },
  };
};

test("every cookie is bound to this host over https, and only the cart's count can be read by scripts", async () => {
  const { email } = await newPerson();
  const signIn = doorOf("accounts.ts#signIn");
  const answers = [
    await ask(signIn.page, form({ email, password: PASSWORD }, signIn.id)),
    await ask("/sign-up", form({ email, name: "N", password: PASSWORD }, doorOf("accounts.ts#signUp").id)),
    await ask("/wishlist", form({}, doorOf("wishlist.ts#shareWishlist").id)),
    await ask("/api/auth/csrf"),
    await ask("/api/auth/signin?callbackUrl=/account"),
    await withGoogle(),
  ];
  const set = answers.flatMap((answer) => answer.headers.getSetCookie());
  const names = new Set(set.map((line) => line.split("=", 1)[0]));
  for (const name of ["session", "device", "cart_count", "typed_email", "oauth_state", "oauth_verifier"])
    expect(names).toContain(`__Host-${name}`);
  for (const line of set) {
    // Auth.js' own as well: a page of a sister domain could set what has the other prefix.
    expect(line).toMatch(/^__Host-/);
    expect(line).toMatch(/; Secure/i);
    expect(line).toMatch(/; Path=\//i);
    expect(line).toMatch(/; SameSite=(?:Lax|Strict)/i);
    expect(line).not.toMatch(/; Domain=/i);
    if (!line.startsWith("__Host-cart_count=")) expect(line).toMatch(/; HttpOnly/i);
  }
  // The same over plain http has no prefix, which browsers would refuse there.
  const plain = await post(signIn, { email, password: PASSWORD });
  expect(plain.headers.getSetCookie().some((line) => line.startsWith("session="))).toBe(true);
  expect(base).toMatch(/^http:/);
});

const withGoogle = () => {
  const { page, id } = doorOf("accounts.ts#signInWith");
  return ask(page, form({ provider: "google", callbackUrl: "/account/profile" }, id));
};
const cookiesOf = (answer: Response) =>
  answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");

test("a sign-in with Google comes back to the shop on https, and is somebody's", async () => {
  expect(await (await ask("/sign-in")).text()).toMatch(/Continue with (?:<!-- -->)?Google/);
  const begun = await withGoogle();
  const [address = ""] = (begun.headers.get("x-action-redirect") ?? "").split(";");
  const person = { id: "g-1", name: "Nora Quist", email: `nora-${Date.now()}@example.com`, isVerified: true };
  const back = new URL(google.agree(address, person));
  expect(back.origin).toBe(SITE);
  const begunCookies = cookiesOf(begun).join("; ");
  const answer = await ask(back.pathname + back.search, { headers: { cookie: begunCookies } });
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toBe(`${SITE}/sign-in?callbackUrl=%2Faccount%2Fprofile`);
  const cookie = cookiesOf(answer).join("; ");
  const next = await ask("/sign-in?callbackUrl=%2Faccount%2Fprofile", { headers: { cookie } });
  expect(next.headers.get("location")).toMatch(/^(?:https:\/\/shop\.example)?\/account\/profile$/);
  expect(await (await ask("/account/profile", { headers: { cookie } })).text()).toContain(person.email);
  // The same answer again, from a browser that never asked.
  const refused = await ask(back.pathname + back.search);
  expect(refused.headers.get("location")).toBe(`${SITE}/sign-in?error=Configuration`);
});

test("the shop on https goes by its own name, whatever a client says", async () => {
  const forged: Record<string, string>[] = [
    { host: "evil.example" },
    { "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" },
  ];
  for (const headers of forged) {
    for (const path of [
      "/api/auth/signin?callbackUrl=/account",
      "/account",
      "/sign-in",
      "/robots.txt",
      "/",
    ]) {
      const answer = await ask(path, { headers });
      expect(answer.headers.get("location") ?? "", path).not.toContain("evil");
      expect(answer.headers.getSetCookie().join("\n"), path).not.toContain("evil");
      expect(await answer.text(), path).not.toContain("evil.example");
    }
  }
});
