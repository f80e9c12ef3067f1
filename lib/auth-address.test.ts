import { expect, test } from "vitest";
import { refuseAddress, returnCookie } from "./auth-address";

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
