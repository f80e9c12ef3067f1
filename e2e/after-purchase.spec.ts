/** After the purchase: address, return, invoice and cancelling by a guest's link, with scripts off; and the desk behind it. */
import type { Page } from "@playwright/test";
import { expectNothing, orderByCash, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";
import { addAndGoToCart, goToPayment, openPiece } from "./shopping";

/** Orders one piece in cash, scripts off, and stands on the order's page. */
async function orderPlainly(
  page: Page,
  index: number,
): Promise<{ number: string; link: string; seller: string }> {
  await page.goto("/c/textiles?sort=price");
  await expect(page.locator('main a[href^="/p/"]').first()).toBeVisible();
  await openPiece(page, index);
  const byLine = await page.getByText(/^Made by Line/).isVisible();
  await addAndGoToCart(page, { scripts: false });
  await goToPayment(page);
  await page.getByLabel("Cash on delivery").check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  const link = page.url();
  const number = /orders\/([A-Z]+-[0-9A-Z]+)/.exec(link)?.[1] ?? "";
  return { number, link, seller: byLine ? "line@example.com" : "ring@example.com" };
}

async function deliver(desk: Page, number: string): Promise<void> {
  await desk.goto(`/admin/orders/${number}`);
  await desk.getByLabel("Carrier").selectOption("DHL");
  await desk.getByLabel("Tracking number").fill("JJD0099");
  await desk.getByRole("button", { name: "Ship", exact: true }).click();
  await expect(desk.getByText("The parcel is on its way")).toBeVisible();
  await desk.getByRole("button", { name: "It arrived" }).click();
  await expect(desk.getByText("The parcel arrived.")).toBeVisible();
}

test("without scripts: from the cart to a return that is settled", async ({
  plainPage: page,
  page: desk,
  newVisitor,
}) => {
  test.slow();
  const { number, link, seller } = await orderPlainly(page, 16);
  await page.getByRole("link", { name: "Send it somewhere else" }).click();
  await page.locator('[name="shipping.postalCode"]').fill("101");
  await page.getByRole("button", { name: "Send it there" }).click();
  await expect(page.getByRole("alert").first()).toContainText("looks like");
  await expect(page.locator('[name="shipping.line1"]')).toHaveValue("Torstraße 112");
  await page.locator('[name="shipping.postalCode"]').fill("10115");
  await page.locator('[name="shipping.line1"]').fill("Invalidenstraße 43");
  await page.getByRole("button", { name: "Send it there" }).click();
  await expect(page.getByText("It goes to the new address.")).toBeVisible();
  await expect(page.getByText("Invalidenstraße 43")).toBeVisible();

  await signIn(desk, seller, "/admin/orders");
  await deliver(desk, number);
  await page.goto(`/orders/${number}/address?${new URL(link).searchParams}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is packed already");

  // Number and e-mail are enough, without the link.
  await page.goto("/returns");
  await page.getByLabel("Order number").fill(number);
  await page.getByLabel("E-mail").fill("grace@example.org");
  await page.getByRole("button", { name: "Find the order" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What goes back?");
  await page.getByLabel(/^How many/).selectOption("1");
  await page.getByRole("button", { name: "Ask to send it back" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Please say why.");
  await expect(page.getByLabel(/^How many/)).toHaveValue("1");
  await page.getByLabel(/^Why/).selectOption("changed_mind");
  await page.getByLabel(/^Anything we should know/).fill("It hums.");
  await page.getByRole("button", { name: "Ask to send it back" }).click();
  await expect(page.getByText("We have your wish to send it back")).toBeVisible();
  await expect(page.getByText("Asked for", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Withdraw it" }).click();
  await expect(page.getByText("the return is withdrawn")).toBeVisible();
  await page.getByRole("link", { name: "Send something back" }).click();
  await page.getByLabel(/^How many/).selectOption("1");
  await page.getByLabel(/^Why/).selectOption("not_as_described");
  await page.getByLabel(/^Anything we should know/).fill("It still hums.");
  await page.getByRole("button", { name: "Ask to send it back" }).click();
  const ofReturn = (await page.getByRole("heading", { level: 3, name: /^RT-/ }).first().textContent()) ?? "";

  const stranger = await newVisitor();
  await signIn(
    stranger,
    seller.startsWith("line") ? "ring@example.com" : "line@example.com",
    "/admin/returns",
  );
  await expectNothing(stranger, `/admin/returns/${ofReturn}`);
  await desk.goto("/admin/returns");
  await desk.getByRole("link", { name: ofReturn }).click();
  await expect(desk.getByText("It still hums.")).toBeVisible();
  await axe(desk);
  await desk.getByLabel(/^What the shopper should know/).fill("The old box will do.");
  await desk.getByRole("button", { name: "Approve" }).click();
  await expect(desk.getByText("was told where to")).toBeVisible();
  await page.goto(link);
  await expect(page.getByText("The old box will do.")).toBeVisible();
  await expect(page.getByText("We pay the postage.")).toBeVisible();
  await desk.getByRole("button", { name: "It is here" }).click();
  await expect(desk.getByText("It is counted.")).toBeVisible();
  await desk.getByRole("button", { name: "Give the money back" }).click();
  await expect(desk.getByText("The money is on its way back.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByText("went back to you for it")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Money back" })).toBeVisible();
});

test("an invoice is for whoever may see the order, and a cancelled one is taken back", async ({
  page,
  newVisitor,
}) => {
  test.slow();
  const { number, link } = await orderByCash(17);
  const query = new URL(link).searchParams;
  // The job that issues it takes a moment.
  await expect(async () => {
    await page.goto(link);
    await expect(page.getByRole("link", { name: /^Invoice INV-/ })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await axe(page);
  await page.getByRole("link", { name: /^Invoice INV-/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Invoice INV-\d{6}$/);
  await expect(page.getByText("Grace Hopper")).toBeVisible();
  await axe(page);
  const file = await page.request.get(`/orders/${number}/invoice.pdf?${query}`);
  expect(file.headers()["content-type"]).toBe("application/pdf");
  expect((await file.body()).subarray(0, 5).toString()).toBe("%PDF-");

  const stranger = await newVisitor();
  for (const key of ["", "?key=AAAAAAAAAAAAAAAAAAAAAA"]) {
    const get = (path: string) => stranger.request.get(`/orders/${number}/${path}${key}`);
    expect((await get("invoice.pdf")).status()).toBe(404);
    for (const path of ["invoice", "return", "address"]) {
      const html = await (await get(path)).text();
      expect(html).toContain("Find your order");
      expect(html).not.toContain("Grace");
    }
  }

  await page.goto(link);
  await page.getByText("Cancel this order").click();
  await page.getByLabel(/^Why/).selectOption("by_mistake");
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This order is cancelled");
  await expect(async () => {
    await page.goto(link);
    await expect(page.getByRole("link", { name: /^Credit note CRN-/ })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
});
