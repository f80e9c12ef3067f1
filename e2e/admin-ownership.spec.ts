/** Who gets into the back office, and that owners meet nothing of each other's there. */
import { expectNothing, orderByCash, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

test("other owners' orders, products and stock answer like what is not there", async ({ newVisitor }) => {
  const { number, seller, other } = await orderByCash(8);
  const mine = await newVisitor();
  await signIn(mine, seller, "/admin/products");
  const product = await mine.locator("main tbody a").first().getAttribute("href");
  await mine.goto("/admin/stock");
  const variant = await mine.locator("main tbody a").first().getAttribute("href");
  await mine.goto(`/admin/orders/${number}`);
  await expect(mine.getByRole("heading", { level: 1, name: number })).toBeVisible();

  const theirs = await newVisitor();
  await signIn(theirs, other, "/admin/orders");
  const unknown = "00000000-0000-7000-8000-000000000000";
  for (const path of [
    `/admin/orders/${number}`,
    "/admin/orders/MR-NOSUCH2",
    product ?? "",
    `/admin/products/${unknown}`,
    "/admin/products/no-id-at-all",
    variant ?? "",
    `/admin/stock/${unknown}`,
  ])
    await expectNothing(theirs, path);
  await theirs.goto(`/admin/orders?q=${number}`);
  await expect(theirs.getByText("No orders here.")).toBeVisible();
});

test("an admin sees the whole order and cancels it with a reason", async ({ page, newVisitor }) => {
  const { number, link } = await orderByCash(9);
  const desk = await newVisitor();
  await signIn(desk, "admin@example.com", "/admin/orders");
  await desk.goto(`/admin/orders/${number}`);
  await expect(desk.getByRole("link", { name: "grace@example.org" })).toBeVisible();
  await desk.getByLabel("New note").fill("She asked us to.");
  await desk.getByRole("button", { name: "Add note" }).click();
  await expect(desk.getByText("The note is kept.")).toBeVisible();
  await desk.getByText("Cancel this order").click();
  await desk.getByRole("textbox", { name: "Why" }).fill("The kiln broke");
  await desk.getByRole("button", { name: "Cancel the order" }).click();
  await expect(desk.getByText("The order is cancelled.")).toBeVisible();
  await expect(desk.getByText("The kiln broke").filter({ visible: true }).first()).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This order is cancelled");
});

test("customers find nothing, guests are asked to sign in and come back", async ({ page, plainPage }) => {
  await signIn(page, "ada@example.com", "/account");
  for (const path of ["/admin", "/admin/orders", "/admin/products", "/admin/stock"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("No line crosses here.");
    await expect(page.getByRole("navigation", { name: "Back office" })).toHaveCount(0);
  }
  await plainPage.goto("/admin/stock");
  await plainPage.waitForURL(/\/sign-in\?callbackUrl=%2Fadmin%2Fstock/);
  await expect(plainPage.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("an owner's pages fit a phone and are accessible there, in both themes, with the menu open", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, "line@example.com", "/admin");
  const inBoth = async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await axe(page);
    await page.emulateMedia({ colorScheme: "dark" });
    // Nothing else changes with the theme.
    await axe(page, ["color-contrast"]);
  };
  const first = async (path: string) => {
    await page.goto(path);
    return (await page.locator("main tbody a").first().getAttribute("href")) ?? path;
  };
  const details = [await first("/admin/products"), await first("/admin/stock")];
  for (const path of ["/admin", "/admin/orders", "/admin/products", "/admin/stock", ...details]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, path).toBeLessThanOrEqual(0);
    await inBoth();
  }
  await page.getByText("Menu", { exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Back office menu" })).toBeVisible();
  await inBoth();
});
