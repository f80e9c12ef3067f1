/** A past order is bought again: from an account and from a guest's link, with scripts and without. */
import type { Page } from "@playwright/test";
import { orderByCash, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";
import { addAndGoToCart, goToPayment, openPiece } from "./shopping";

const again = (page: Page) => page.getByRole("button", { name: "Buy again" });

/** Buys again and stands in the cart, or where not all could be had, on the order's page that says so. */
async function buyAgain(page: Page): Promise<void> {
  await again(page).click();
  await page.waitForURL(/\/cart$|again=/);
}

test("a guest buys again by the order's link until there is no more, which the page tells", async ({
  newVisitor,
}) => {
  // As many rounds as a line of the cart may hold.
  test.slow();
  const { link } = await orderByCash(13);
  // Another browser: the link alone opens the order, and the goods go into that browser's cart.
  const friend = await newVisitor();
  await friend.goto(link);
  await buyAgain(friend);
  await expect(friend.getByRole("heading", { level: 1, name: "Cart" })).toBeVisible();
  await expect(friend.locator('main a[href^="/p/"]').first()).toBeVisible();
  await expect(async () => {
    await friend.goto(link);
    await buyAgain(friend);
    await expect(friend.getByText("None of it can be had.")).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 110_000, intervals: [0] });
  await axe(friend);
});

test("without scripts: a guest buys again what was just bought", async ({ plainPage: page }) => {
  const piece = await openPiece(page, 14);
  await addAndGoToCart(page, { scripts: false });
  await goToPayment(page);
  await page.getByLabel("Cash on delivery").check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  await again(page).click();
  await page.waitForURL("**/cart");
  await expect(page.getByRole("link", { name: piece.name }).first()).toBeVisible();
});

for (const scripts of [true, false]) {
  const how = scripts ? "" : "without scripts: ";
  test(`${how}an account buys again without a link, and nobody else can`, async ({
    page,
    plainPage,
    newVisitor,
  }) => {
    const own = scripts ? page : plainPage;
    await signIn(own, "ada@example.com", "/account/orders");
    const order = own.locator("main").getByRole("link", { name: /MR-/ }).first();
    const path = (await order.getAttribute("href")) ?? "";
    await own.goto(path);
    const summary = own.getByRole("complementary", { name: "Order summary" }).filter({ visible: true });
    const names = await summary.locator("li p.font-semibold").allTextContents();
    expect(names.length).toBeGreaterThan(0);
    await buyAgain(own);
    // What could not be had is told; the rest lies in the cart.
    const told = (await own.getByRole("region", { name: "Once more" }).allTextContents()).join();
    await own.goto("/cart");
    for (const name of names.filter((one) => !told.includes(one)))
      await expect(own.getByRole("main").getByRole("link", { name }).first()).toBeVisible();
    const other = await newVisitor();
    await other.goto(path);
    await expect(again(other)).toHaveCount(0);
  });
}
