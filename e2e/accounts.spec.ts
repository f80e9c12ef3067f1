/** A customer's account: sign up, sign out, sign in, keep an address, change the password; with scripts and without. */
import type { Page } from "@playwright/test";
import { axe, expect, test } from "./fixtures";

const PASSWORD = "plumb gate and tin";

let people = 0;
function newPerson(): string {
  people += 1;
  return `e2e-${Date.now().toString(36)}-${process.pid}-${people}@example.com`;
}

async function signUp(page: Page, email: string, callbackUrl = "/account"): Promise<void> {
  await page.goto(`/sign-up?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  await page.getByLabel("Full name").fill("Mary Somerville");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("One more step: sign in.")).toBeVisible();
}

async function signIn(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

/** Holds what a form sends until it may be answered. */
async function holdPost(page: Page, path: string) {
  let free = () => {};
  const held = new Promise<void>((done) => {
    free = done;
  });
  let ask = () => {};
  const isAsked = new Promise<void>((done) => {
    ask = done;
  });
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() === "POST") {
      ask();
      await held;
    }
    await route.continue();
  });
  return { answer: () => free(), isAsked };
}

async function journey(page: Page, scripts = true): Promise<void> {
  const email = newPerson();
  await signUp(page, email);
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await signIn(page);
  await expect(page.getByRole("heading", { level: 1, name: "Hello, Mary" })).toBeVisible();
  await expect(page.getByText("No orders yet.")).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("/");
  await page.goto("/account/addresses");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Faccount%2Faddresses$/);
  await page.getByLabel("E-mail").fill(email);
  await signIn(page, "not the password");
  await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await expect(page.getByLabel("Password")).toHaveValue("");
  await signIn(page);
  await expect(page.getByRole("heading", { level: 1, name: "No addresses yet" })).toBeVisible();

  await page.getByRole("link", { name: "Add an address" }).click();
  await expect(page.getByLabel("Full name")).toHaveValue("Mary Somerville");
  await page.getByLabel("Street and number").fill("Torstraße 112");
  await page.getByLabel("Postal code").fill("1011");
  await page.getByLabel("City").fill("Berlin");
  const postalCode = page.getByLabel("Postal code");
  if (scripts) {
    // Mended while the answer is on its way: it stays.
    const { answer, isAsked } = await holdPost(page, "/account/addresses/new");
    await page.getByRole("button", { name: "Save address" }).click();
    await isAsked;
    await postalCode.fill("10119");
    answer();
    await expect(page.getByRole("alert").filter({ hasText: "marked fields" })).toBeFocused();
  } else {
    await page.getByRole("button", { name: "Save address" }).click();
    await expect(page.getByText("A postal code in Germany looks like 10119.").first()).toBeVisible();
    await expect(postalCode).toHaveValue("1011");
    await postalCode.fill("10119");
  }
  await expect(page.getByLabel("Street and number")).toHaveValue("Torstraße 112");
  await expect(postalCode).toHaveValue("10119");
  await page.getByRole("button", { name: "Save address" }).click();
  await expect(page.getByText("The address is saved.")).toBeVisible();
  await expect(page.getByText("Delivery and Bills by default")).toBeVisible();

  await page.getByRole("link", { name: "Edit" }).click();
  // Next keeps the page of before, hidden, with a form of the same names.
  await expect(page.getByRole("heading", { level: 1, name: "Edit address" })).toBeVisible();
  await page.getByLabel("City").filter({ visible: true }).fill("Berlin Mitte");
  await page.getByRole("button", { name: "Save address" }).click();
  await expect(page.getByText("10119 Berlin Mitte")).toBeVisible();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "No addresses yet" })).toBeVisible();
}

test("sign up, sign out, sign in, keep an address", async ({ page }) => {
  await journey(page);
});

test("the same without scripts", async ({ plainPage }) => {
  await journey(plainPage, false);
});

test("an address that is taken gets the same answer, and its password still holds", async ({
  page,
  newVisitor,
}) => {
  const email = newPerson();
  await signUp(page, email);
  const other = await newVisitor();
  await signUp(other, email.toUpperCase());
  await signIn(other, "another pass phrase");
  await expect(other.getByText("E-mail or password is wrong.")).toBeVisible();
  await signIn(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hello, Mary");
});

test("a new password signs out everywhere else; a device can be signed out from another", async ({
  page,
  newVisitor,
}) => {
  const email = newPerson();
  await signUp(page, email);
  await signIn(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hello, Mary");
  const other = await newVisitor();
  const signInThere = async (password: string) => {
    await other.goto("/sign-in");
    await other.getByLabel("E-mail").fill(email);
    await signIn(other, password);
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Hello, Mary");
  };
  await signInThere(PASSWORD);

  await page.goto("/account/profile");
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password").fill("entirely other words");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("The password is changed")).toBeVisible();
  await other.goto("/account");
  await expect(other).toHaveURL(/\/sign-in/);

  await signInThere("entirely other words");
  await page.reload();
  await page
    .getByRole("listitem")
    .filter({ hasText: "Last seen" })
    .getByRole("button", { name: /^Sign out/ })
    .click();
  await expect(page.getByText("That device is signed out.")).toBeVisible();
  await other.goto("/account");
  await expect(other).toHaveURL(/\/sign-in/);
});

test("the way back after signing in never leaves the shop", async ({ page }) => {
  const email = newPerson();
  await signUp(page, email, "//evil.example/");
  await signIn(page);
  await expect(page).toHaveURL(/\/account$/);
  // Signed in already: the page forwards at once.
  for (const asked of [
    "https://evil.example",
    "/\\evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
  ]) {
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(asked)}`);
    await expect(page).toHaveURL(/\/account$/);
  }
  await page.goto("/sign-in?callbackUrl=%2Faccount%2Forders");
  await expect(page).toHaveURL(/\/account\/orders$/);
});

test("the region is asked where it is part of an address", async ({ page }) => {
  await signUp(page, newPerson(), "/account/addresses/new");
  await signIn(page);
  await expect(page.getByLabel("Postal code")).toBeVisible();
  await expect(page.getByLabel("State")).toBeHidden();
  await page.getByLabel("Country").selectOption("US");
  await expect(page.getByLabel("ZIP code")).toBeVisible();
  await expect(page.getByLabel("State")).toBeVisible();
});

test("no page of a new account breaks a rule of accessibility", async ({ page }) => {
  await signUp(page, newPerson(), "/account/addresses/new");
  await signIn(page);
  await page.getByLabel("Street and number").fill("Torstraße 112");
  await page.getByLabel("Postal code").fill("10119");
  await page.getByLabel("City").fill("Berlin");
  await axe(page);
  await page.getByRole("button", { name: "Save address" }).click();
  await expect(page.getByText("The address is saved.")).toBeVisible();
  for (const path of ["", "/orders", "/addresses", "/profile"]) {
    await page.goto(`/account${path}`);
    await axe(page);
  }
});
