/** The list of orders and an order's page: found, kept, packed, printed, exported, refunded, ordered by hand. */
import type { Page } from "@playwright/test";
import { orderByCash, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

/** Opens an order from a list that holds it alone. */
async function openFound(page: Page, number: string): Promise<void> {
  await page.goto(`/admin/orders?q=${number}`);
  await page.getByRole("link", { name: number, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: number })).toBeVisible();
}

async function shipAll(page: Page): Promise<void> {
  await page.getByLabel("Carrier").selectOption("DHL");
  await page.getByRole("button", { name: "Ship", exact: true }).click();
  await expect(page.getByText("The parcel is on its way")).toBeVisible();
  await page.getByRole("button", { name: "It arrived" }).click();
  await expect(page.getByText("The parcel arrived.")).toBeVisible();
}

test("a list is filtered, saved under a name, packed at once, printed and exported", async ({
  newVisitor,
}) => {
  test.slow();
  const { number } = await orderByCash(10);
  const desk = await newVisitor();
  await signIn(desk, "admin@example.com", "/admin/orders");
  await desk.getByText("Filter", { exact: true }).first().click();
  await desk.getByRole("combobox", { name: "Payment" }).selectOption("on-delivery");
  await desk.getByRole("combobox", { name: "Country" }).selectOption("DE");
  await desk.getByRole("button", { name: "Filter" }).click();
  await expect(desk).toHaveURL(/payment=on-delivery/);
  await desk.getByRole("searchbox").fill(number);
  await desk.getByRole("button", { name: "Search" }).click();
  await expect(desk).toHaveURL(/q=.*payment=on-delivery|payment=on-delivery.*q=/);
  await expect(desk.getByRole("link", { name: number, exact: true })).toBeVisible();
  await axe(desk);
  // Each of the filters cuts by itself.
  for (const [is, other] of [
    ["payment=on-delivery", "payment=paid"],
    ["country=DE", "country=FR"],
  ] as const) {
    const rest = await desk.request.get(desk.url().replace(is, other));
    expect(await rest.text(), other).not.toContain(`/admin/orders/${number}`);
  }

  await desk.getByText("Save this list").click();
  await desk.getByRole("textbox", { name: "Name", exact: true }).fill(`One of ${number}`);
  await desk.getByRole("button", { name: "Save", exact: true }).click();
  await expect(desk.getByText("The list is saved.")).toBeVisible();
  await desk.getByText("Rename or delete").click();
  await desk.getByRole("textbox", { name: "Name", exact: true }).fill(`Only ${number}`);
  await desk.getByRole("button", { name: "Rename" }).click();
  await expect(desk.getByRole("link", { name: `Only ${number}` })).toHaveAttribute("aria-current", "page");

  await desk.getByRole("checkbox", { name: number }).check();
  await desk.getByRole("button", { name: "Start packing" }).click();
  await expect(desk.getByText(`${number}: packing began`)).toBeVisible();
  await desk.getByRole("checkbox", { name: number }).check();
  await desk.getByRole("button", { name: "Packing slips" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(`Packing slip ${number}`);
  await axe(desk);
  const pdf = await desk.request.get(
    (await desk.getByRole("link", { name: "PDF" }).getAttribute("href")) ?? "",
  );
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");

  await desk.goto("/admin/orders");
  await desk.getByRole("link", { name: `Only ${number}` }).click();
  await expect(desk).toHaveURL(new RegExp(number));
  const href = await desk.getByRole("link", { name: "Export as CSV" }).getAttribute("href");
  const lines = (await (await desk.request.get(href ?? "")).text()).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(number);
  await desk.getByText("Rename or delete").click();
  await desk.getByRole("button", { name: "Delete the list" }).click();
  await expect(desk.getByRole("link", { name: `Only ${number}` })).toHaveCount(0);
});

test("an admin refunds in part, without scripts, and is told what is left", async ({
  plainPage,
  newVisitor,
}) => {
  test.slow();
  const { number } = await orderByCash(11);
  const other = await newVisitor();
  await signIn(other, "admin@example.com", "/admin/orders");
  await openFound(other, number);
  await signIn(plainPage, "admin@example.com", "/admin/orders");
  await openFound(plainPage, number);
  await plainPage.getByText("Change the address").click();
  await plainPage.getByLabel("Street and number").fill("Elsewhere 12");
  await plainPage.getByRole("button", { name: "Send it there" }).click();
  await expect(plainPage.getByText("It goes to the new address.")).toBeVisible();
  // Who opened the order before that is told, keeps what was typed, and may say it again.
  await other.getByLabel("New note").fill("Wrap it twice");
  await other.getByRole("button", { name: "Add note" }).click();
  await expect(other.getByRole("alert").first()).toContainText("changed the address of this order");
  await expect(other.getByLabel("New note")).toHaveValue("Wrap it twice");
  await other.getByRole("button", { name: "Add note" }).click();
  await expect(other.getByText("The note is kept.")).toBeVisible();
  await shipAll(plainPage);
  // A job takes the cash into the books.
  await expect(async () => {
    await openFound(plainPage, number);
    expect(await plainPage.getByText("may still be refunded").isVisible()).toBe(true);
  }).toPass();
  await plainPage.getByText("Refund money").click();
  await plainPage.getByLabel("Amount").fill("99999");
  await plainPage.getByRole("textbox", { name: "Why" }).fill("A scratch");
  await plainPage.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(plainPage.getByRole("alert").first()).toContainText("is left");
  await expect(plainPage.getByRole("textbox", { name: "Why" })).toHaveValue("A scratch");
  await plainPage.getByLabel("Amount").fill("1");
  await plainPage.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(plainPage.getByText("The refund is asked for")).toBeVisible();
  await plainPage.getByRole("button", { name: "Cash was given back" }).click();
  await expect(plainPage.getByText("that the cash went back")).toBeVisible();
  await expect(plainPage.getByRole("button", { name: "Cash was given back" })).toHaveCount(0);
  await expect(plainPage.getByText("“A scratch”").first()).toBeVisible();
});

test("an admin orders for a customer, and the list shows it by itself", async ({ page, newVisitor }) => {
  test.slow();
  await signIn(page, "admin@example.com", "/admin/orders");
  const other = await newVisitor();
  await signIn(other, "admin@example.com", "/admin/orders");
  await other.goto("/admin/orders/new");
  await axe(other);
  await other.getByRole("searchbox").fill("cards");
  await other.getByRole("button", { name: "Find" }).click();
  await other.getByRole("link", { name: /^Add/ }).first().click();
  await expect(other.getByLabel(/^Pieces/)).toHaveValue("1");
  await other.getByLabel("E-mail to look up").fill("grace@example.org");
  await other.getByRole("button", { name: "Look up" }).click();
  await expect(other.getByText("so far.")).toBeVisible();
  await expect(other.getByLabel("E-mail of the customer")).toHaveValue("grace@example.org");
  await other.getByLabel("Full name").fill("Grace Hopper");
  await other.getByLabel("Country").selectOption("DE");
  await other.getByLabel("Street and number").fill("Torstraße 1");
  await other.getByLabel("Postal code").fill("10119");
  await other.getByLabel("City").fill("Berlin");
  await other.getByLabel("In cash").check();
  await other.getByRole("button", { name: "Place the order" }).click();
  await expect(other.getByText(/^Order MR-[0-9A-Z]+ is placed/)).toBeVisible();
  await axe(other);
  const link = other.getByRole("link", { name: /^\/orders\/MR-/ });
  const number = ((await link.textContent()) ?? "").split("/").at(-1) ?? "";
  // Other journeys order meanwhile; this one stands in the list without anybody's doing.
  await expect(page.getByText(/new orders? came in/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("link", { name: number, exact: true })).toBeVisible();
});
