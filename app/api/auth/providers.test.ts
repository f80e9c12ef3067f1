/** Signing in with an account elsewhere, whole rounds: from the button to the provider and back to a session. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { CAST_PASSWORD, type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { accounts, sessions, users } from "@/db/schema/accounts";
import { leadTo } from "@/db/testing/far-side.mjs";
import { changeBrowser, comeAs, type Page, pageOf, sendForm, visit, wordsOf } from "@/db/testing/front-door";
import { CLIENT, type Person, type Providers, startProviders } from "@/db/testing/sign-in-providers";
import { signIn, signInWith } from "@/lib/actions/accounts";
import { addToCart } from "@/lib/actions/cart";
import * as accountsService from "@/lib/services/accounts";
import { getSession } from "@/lib/session";
import CartPage from "../../(shop)/cart/page";
import SignInPage from "../../(shop)/sign-in/page";
import { GET } from "./[...nextauth]/route";

const SHOP = "http://localhost:3000";
const back = (provider: string) => `${SHOP}/api/auth/callback/${provider}`;

let world: Cast;
let providers: Providers;
beforeAll(async () => {
  world = await cast();
  providers = await startProviders([back("google"), back("github")]);
  vi.stubGlobal("fetch", leadTo(providers.url, fetch));
  for (const name of ["GOOGLE", "GITHUB"]) {
    process.env[`AUTH_${name}_ID`] = CLIENT.id;
    process.env[`AUTH_${name}_SECRET`] = CLIENT.secret;
  }
});
beforeEach(() => comeAs(null));
afterAll(() => {
  vi.unstubAllGlobals();
  providers.close();
});

const signInPage = (query = {}) => pageOf(SignInPage as unknown as Page, query);

/** Presses the button of the sign-in page. Answers the address at the provider. */
async function press(provider: "google" | "github", from = "/cart"): Promise<string> {
  const name = provider === "google" ? "Google" : "GitHub";
  const html = await signInPage({ callbackUrl: from });
  const answer = await sendForm(html, `Continue with ${name}`, signInWith as never);
  if (!("to" in answer)) throw new Error(JSON.stringify(answer));
  return answer.to;
}

/** Comes back from the provider. Answers the page that follows, without the shop's own name. */
async function comeBack(address: string): Promise<string> {
  const answer = await visit(GET, address);
  expect(answer.status).toBe(302);
  const to = answer.headers.get("location") ?? "";
  expect(to.startsWith(`${SHOP}/`), to).toBe(true);
  return to.slice(SHOP.length);
}

/** The whole round. */
const round = async (provider: "google" | "github", person: Person | null, from?: string) =>
  comeBack(providers.agree(await press(provider, from), person));

let made = 0;
const person = (more: Partial<Person> = {}): Person => {
  made += 1;
  return {
    id: `${1_000 + made}`,
    name: "Nora Quist",
    email: `nora-${made}@example.com`,
    isVerified: true,
    ...more,
  };
};
const usersOf = (email: string) =>
  db.select().from(users).where(sql`lower(${users.email}) = ${email.toLowerCase()}`);
const linksOf = ({ id }: Person) => db.select().from(accounts).where(eq(accounts.providerAccountId, id));
/** What the sign-in page says then. It still knows the page that was wanted. */
const refusal = async (to: string, wanted: string | null = "/cart") => {
  expect(await getSession()).toBeNull();
  const url = new URL(to, SHOP);
  expect(url.pathname).toBe("/sign-in");
  expect(url.searchParams.getAll("callbackUrl")).toEqual(wanted === null ? [] : [wanted]);
  return wordsOf(await signInPage(Object.fromEntries(url.searchParams)));
};

it.each(["google", "github"] as const)(
  "opens an account by %s and takes the guest's cart into it",
  async (provider) => {
    const nora = person();
    const fields = new FormData();
    fields.set("variantId", world.print.variantIds[0] ?? "");
    fields.set("quantity", "2");
    await addToCart({ status: "idle" }, fields);
    const asked = new URL(await press(provider));
    expect(asked.searchParams.get("state")).toMatch(/.{20}/);
    expect(asked.searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    const to = await comeBack(providers.agree(asked.href, nora));
    // The sign-in page leads on to the page that was wanted.
    await expect(signInPage(Object.fromEntries(new URL(to, SHOP).searchParams))).rejects.toMatchObject({
      digest: expect.stringContaining(";/cart;"),
    });
    const [user] = await usersOf(nora.email);
    expect(user).toMatchObject({
      firstName: "Nora",
      lastName: "Quist",
      role: "customer",
      passwordHash: null,
    });
    expect(user?.emailVerifiedAt).not.toBeNull();
    expect(await getSession()).toMatchObject({ userId: user?.id, role: "customer" });
    expect(wordsOf(await pageOf(CartPage as unknown as Page))).toContain("Print One");
    const [cart] = await db.execute<{ pieces: number }>(sql`
    SELECT sum(i.quantity)::int AS pieces FROM carts c JOIN cart_items i ON i.cart_id = c.id
    WHERE c.user_id = ${user?.id ?? null} AND c.status = 'active'`);
    expect(cart?.pieces).toBe(2);

    // Another browser, and another address there meanwhile: the same account, and nothing is made twice.
    changeBrowser();
    await round(provider, { ...nora, email: `new-${nora.email}` });
    expect((await getSession())?.userId).toBe(user?.id);
    expect(await linksOf(nora)).toHaveLength(1);
    expect(await usersOf(`new-${nora.email}`)).toEqual([]);
  },
);

it("leads to the account of the same address once it is proved on both sides, and leaves its password", async () => {
  await db.update(users).set({ emailVerifiedAt: sql`shop_now()` }).where(eq(users.id, world.id.ada));
  const ada = person({ email: "ADA@example.com" });
  await round("google", ada);
  expect((await getSession())?.userId).toBe(world.id.ada);
  changeBrowser();
  await round("github", { ...ada, id: "77" });
  expect((await getSession())?.userId).toBe(world.id.ada);
  await comeAs(null);
  const form = await signInPage();
  expect(
    await sendForm(form, 'aria-label="Sign in"', signIn, {
      email: "ada@example.com",
      password: CAST_PASSWORD,
    }),
  ).toEqual({ to: "/account" });
});

it("makes a password worthless that somebody chose for an address which was never theirs to prove", async () => {
  const ben = { email: "ben@example.com", password: CAST_PASSWORD, ip: "198.18.0.9" };
  await accountsService.prove(ben);
  await round("github", person({ email: "ben@example.com" }));
  expect((await getSession())?.userId).toBe(world.id.ben);
  await expect(accountsService.prove(ben)).rejects.toMatchObject({ code: "wrong_credentials" });
});

it.each([
  ["google", {}],
  ["github", {}],
  // Shown on a page there is not proved: GitHub's list of addresses says so.
  ["github", { shown: "line@example.com" }],
] as const)("does not believe an address that %s has not confirmed, and says why", async (provider, more) => {
  const stranger = person({ email: "line@example.com", isVerified: false, ...more });
  const words = await refusal(await round(provider, stranger));
  expect(words).toContain("Your e-mail address is not confirmed there");
  expect(await linksOf(stranger)).toEqual([]);
  expect((await usersOf("line@example.com"))[0]?.emailVerifiedAt).toBeNull();
});

it("refuses an answer that this browser did not ask for", async () => {
  const before = await db.$count(sessions);
  const nora = person();
  const forged = new URL(providers.agree(await press("google"), nora));
  forged.searchParams.set("state", "forged");
  const words = await refusal(await comeBack(forged.href));
  expect(words).toContain("That did not work.\nNothing was changed. Please try again, or another way.");
  expect(words).toContain("Continue with Google");

  // A stranger's answer, whole and unused, in somebody else's browser: with a sign-in begun there, and without.
  for (const isBegun of [true, false]) {
    changeBrowser();
    const strange = providers.agree(await press("github"), nora);
    changeBrowser();
    if (isBegun) await press("github");
    await refusal(await comeBack(strange), isBegun ? "/cart" : null);
  }
  // One that was used: nobody gets in by a look at the address.
  changeBrowser();
  const used = providers.agree(await press("google"), nora);
  const begun = changeBrowser();
  changeBrowser(begun);
  await comeBack(used);
  expect(await getSession()).not.toBeNull();
  changeBrowser(begun);
  await refusal(await comeBack(used));
  expect(await db.$count(sessions)).toBe(before + 1);
});

it("stays usable where somebody says no there, or the provider cannot be reached", async () => {
  expect(await refusal(await round("google", null))).toContain("Nothing was changed. Please try again");
  providers.setDown(true);
  try {
    const to = await press("google");
    expect(await refusal(to)).toContain("Nothing was changed. Please try again");
    const asked = await press("github");
    expect(await refusal(await comeBack(providers.agree(asked, person())))).toContain("That did not work.");
  } finally {
    providers.setDown(false);
  }
});

it("asks for the second factor where there is one, and keeps out who was switched off", async () => {
  const nora = person();
  await round("google", nora);
  const [user] = await usersOf(nora.email);
  await db.execute(sql`
    INSERT INTO totp (user_id, secret, confirmed_at) VALUES (${user?.id ?? null}, 'sealed', shop_now())`);
  changeBrowser();
  const to = await round("google", nora, "/checkout");
  expect(await getSession()).toBeNull();
  await expect(signInPage(Object.fromEntries(new URL(to, SHOP).searchParams))).rejects.toMatchObject({
    digest: expect.stringContaining(";/sign-in/code?callbackUrl=%2Fcheckout;"),
  });
  await db
    .update(users)
    .set({ isActive: false })
    .where(eq(users.id, user?.id ?? ""));
  changeBrowser();
  expect(await refusal(await round("google", nora))).toContain("That did not work.");
});
