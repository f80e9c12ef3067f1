import { describe, expect, test } from "vitest";
import { deviceName, fullName, safeCallback, signInInput, signUpInput, splitName } from "./accounts";
import { passwordFault } from "./passwords";

describe("where a sign-in leads back to", () => {
  test.each([
    "/account",
    "/checkout/delivery",
    "/orders/MR-7K2Q9D?key=abc",
    "/search?q=a%20b#top",
    "/%2F/evil.example",
  ])("%j is a page of ours", (url) => expect(safeCallback(url)).toBe(url));

  test.each([
    "https://evil.example",
    "http://localhost:3000@evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/a/..//evil.example",
    "/%2e%2e//evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "?next=//evil.example",
    "/\u202e//evil.example",
    "",
    null,
    undefined,
    ["/account"],
    `/${"a".repeat(2_000)}`,
    "/api/auth/signout",
    "/sign-in?callbackUrl=/sign-in",
    "/sign-out",
    "/sandbox/pay/cs_1",
  ])("%j is not", (url) => expect(safeCallback(url)).toBe("/account"));

  test("is the fallback that is asked for", () =>
    expect(safeCallback("//evil.example", "/cart")).toBe("/cart"));
});

describe("passwords", () => {
  test.each([
    "password",
    "P@ssw0rd",
    "Passw0rd2024!",
    "12345678",
    "87654321",
    "qwertyuiop",
    "Qwertz123",
    "1qaz2wsx",
    "iloveyou2",
    "letmein!!",
    "abcabcabc",
    "aaaaaaaaaaaaaaaaaaaa",
    "shadow99",
    "Sunshine1",
    "19840412",
    "short",
    "x".repeat(300),
  ])("%j is refused", (password) => expect(passwordFault(password)).toBeTruthy());

  test.each([
    "a long sentence of words",
    "tR8#kw0z",
    "moire-demo-shop-2026",
    "plumb-gate",
    "пароль-кириллицей",
  ])("%j is fine", (password) => expect(passwordFault(password)).toBeUndefined());

  test("one that is leaked is refused by itself, however long, and with digits and signs around it", () => {
    const leaked = new Set(["sandal", "sandalsandalsandal"]);
    for (const password of ["Sandal2024!", "S@nd4l99", "SANDALsandalsandal"]) {
      expect(passwordFault(password)).toBeUndefined();
      expect(passwordFault(password, [], leaked)).toContain("every list of known passwords");
    }
    expect(passwordFault("sandals on the sill", [], leaked)).toBeUndefined();
  });

  test("one's own name or address is refused", () => {
    const known = ["ada.lovelace@example.com", "Lovelace"];
    expect(passwordFault("ada.lovelace@example.com", known)).toBeTruthy();
    expect(passwordFault("Lovelace1", known)).toBeTruthy();
  });
});

test("a role that is sent along is dropped", () => {
  const input = signUpInput.parse({
    name: "Eve",
    email: " eve@example.com ",
    password: "plumb-gate-9",
    role: "admin",
  });
  expect(input).toEqual({
    name: "Eve",
    email: "eve@example.com",
    password: "plumb-gate-9",
    callbackUrl: "/account",
  });
  expect(
    signInInput.safeParse({ email: "eve", password: "" }).error?.issues.map(({ path }) => path[0]),
  ).toEqual(["email", "password"]);
});

test("names are taken apart and put together", () => {
  expect(splitName(" Ada  King Lovelace ")).toEqual({ firstName: "Ada King", lastName: "Lovelace" });
  expect(splitName("Björk")).toEqual({ firstName: "Björk", lastName: "" });
  expect(fullName({ firstName: "Ada", lastName: "" })).toBe("Ada");
});

test("devices have a short name", () => {
  expect(deviceName("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")).toBe(
    "Firefox on Linux",
  );
  expect(deviceName(null)).toBe("Unknown device");
});
