/** A guest fills a cart, signs in, and finds both carts in one. */
import { expect, test } from "./fixtures";
import { addAndGoToCart, openPiece } from "./shopping";

test("signing in merges the guest's cart and wishlist", async ({ page, newVisitor }) => {
  const wish = await openPiece(page, 26);
  await page.getByRole("button", { name: "Save to wishlist" }).first().click();
  await expect(page.getByRole("button", { name: "Saved in your wishlist" }).first()).toBeVisible();
  const piece = await openPiece(page, 11);
  await addAndGoToCart(page);
  await page.goto("/sign-in?callbackUrl=%2Fcart");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill("moire-demo-shop-2026");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/cart");
  await expect(page.getByRole("link", { name: piece.name }).first()).toBeVisible();

  const elsewhere = await newVisitor();
  await elsewhere.goto("/sign-in?callbackUrl=%2Fcart");
  await elsewhere.getByLabel("E-mail").fill("ada@example.com");
  await elsewhere.getByLabel("Password", { exact: true }).fill("moire-demo-shop-2026");
  await elsewhere.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await elsewhere.waitForURL("**/cart");
  await expect(elsewhere.getByRole("link", { name: piece.name }).first()).toBeVisible();
  await elsewhere.goto("/wishlist");
  await expect(elsewhere.getByRole("link", { name: wish.name }).first()).toBeVisible();
});
