import { expect, test } from "vitest";
import { keepWanted, refuseAddress, refusedTo, returnCookie } from "./auth-address";

const PROVIDERS = ["credentials", "google"];

const ask = (path: string, { cookie = "", method = "GET" } = {}) =>
  refuseAddress(new Request(`http://shop.test/api/auth/${path}`, { method, headers: { cookie } }), PROVIDERS);

test("what is not set up is not there, whoever asks and how", () => {
  for (const method of ["GET", "POST"])
    for (const path of [
      "signin/github",
      "signin/unknown-provider",
      "signin/constructor",
      "signin/credentials/more",
      "signin/",
      "callback/github?code=1&state=2",
      "callback",
      "webauthn-options",
      "verify-request",
      "csrf.bak",
      "session/1",
      "",
    ])
      expect(ask(path, { method })?.status, `${method} ${path}`).toBe(404);
  for (const path of [
    "signin",
    "signin/google",
    "callback/credentials",
    "session",
    "csrf",
    "signout",
    "error",
  ])
    expect(ask(path), path).toBeUndefined();
});

test("an address to go back to that is none is refused, any that is one goes on to Auth.js", async () => {
  for (const bad of ["javascript:alert(1)", "nowhere", "http://", "//", "data:text/html,x", "\u0000", "%"])
    expect(ask(`signin?callbackUrl=${encodeURIComponent(bad)}`)?.status, bad).toBe(400);
  expect(ask("signin?callbackUrl=/account&callbackUrl=nowhere")?.status).toBe(400);
  for (const good of ["", "/account", "https://elsewhere.example/x", "http://shop.test/cart"])
    expect(ask(`signin?callbackUrl=${encodeURIComponent(good)}`), good).toBeUndefined();
  expect(await ask("signout?callbackUrl=nowhere")?.text()).toContain("/sign-in");
});

test("one that a cookie kept is forgotten, so that the next try works", () => {
  const { name } = returnCookie();
  const refused = ask("csrf", { cookie: `a=b; ${name}=${encodeURIComponent("javascript:1")}` });
  expect(refused?.status).toBe(400);
  expect(refused?.headers.get("set-cookie")).toMatch(new RegExp(`^${name}=; Path=/; Max-Age=0`));
  for (const kept of ["", "%2Faccount", "http%3A%2F%2Fshop.test%2Fcart"])
    expect(ask("csrf", { cookie: `${name}=${kept}; x=${name}` }), kept).toBeUndefined();
  expect(ask("csrf", { cookie: `${name}=%E0%A4%A` })?.status).toBe(400);
});

test("a refused sign-in keeps the page that was wanted, and no page but one of the shop's own", () => {
  const next = (wanted: string) => `http://shop.test/sign-in?callbackUrl=${encodeURIComponent(wanted)}`;
  expect(refusedTo("/sign-in?error=Configuration", next("/c/textiles?sort=rating"))).toBe(
    "/sign-in?error=Configuration&callbackUrl=%2Fc%2Ftextiles%3Fsort%3Drating",
  );
  expect(refusedTo("http://shop.test/sign-in?error=unproved_email", next("/cart"))).toBe(
    "http://shop.test/sign-in?error=unproved_email&callbackUrl=%2Fcart",
  );
  for (const foreign of ["https://elsewhere.example/x", "//elsewhere.example", "/\\elsewhere.example"])
    expect(refusedTo("/sign-in?error=x", next(foreign)), foreign).toBe(
      "/sign-in?error=x&callbackUrl=%2Faccount",
    );
  // What is no refusal goes where Auth.js sends it.
  for (const to of ["https://accounts.google.com/o?error=1", "/sign-in?callbackUrl=%2Fcart", "http://"])
    expect(refusedTo(to, next("/wishlist")), to).toBe(to);
  expect(refusedTo("/sign-in?error=x", "")).toBe("/sign-in?error=x");
});

test("the cookies of a refusal stay as they are", () => {
  const headers = new Headers({ location: "/sign-in?error=x" });
  for (const name of ["state", "verifier"]) headers.append("set-cookie", `${name}=; Max-Age=0`);
  const cookie = `${returnCookie().name}=${encodeURIComponent("http://shop.test/sign-in?callbackUrl=%2Fcart")}`;
  const request = new Request("http://shop.test/api/auth/callback/google", { headers: { cookie } });
  const kept = keepWanted(request, new Response(null, { status: 302, headers }));
  expect(kept.status).toBe(302);
  expect(kept.headers.get("location")).toBe("/sign-in?error=x&callbackUrl=%2Fcart");
  expect(kept.headers.getSetCookie()).toHaveLength(2);
});
