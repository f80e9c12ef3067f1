/** What a product costs, what happens once none is left, and its stock in the list: changed in the row and taken back. */
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

test("a product begins with a count, tells its margin, and its stock is changed in the list and taken back", async ({
  page,
  plainPage,
}) => {
  test.slow();
  const name = `Counted Jug ${Date.now()}`;
  await signIn(page, "ring@example.com", "/admin/products/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Price, EUR", { exact: true }).fill("119");
  await page.getByLabel("First count").fill("6");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("The draft is begun.")).toBeVisible();

  // What is wrong in the fold shows itself.
  await page.getByText("No cost told · stops when none is left").click();
  await page.getByLabel(/^Cost, EUR/).fill("dear");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Please enter an amount in digits, like 59.").last()).toBeVisible();
  await page.getByLabel(/^Cost, EUR/).fill("40");
  await page.getByLabel(/^Once none is left/).selectOption("sell");
  await page.getByLabel(/^At most/).fill("5");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(
    page.getByText("Costs €40.00 · margin 60 % after tax · sells on when none is left, at most 5"),
  ).toBeVisible();
  await axe(page);

  const list = `/admin/products?q=${encodeURIComponent(name)}`;
  await page.goto(list);
  const stock = page.getByRole("textbox", { name: `Available of ${name}` });
  await expect(stock).toHaveValue("6");
  await stock.fill("4");
  await page.getByRole("combobox", { name: "Why" }).selectOption("Damaged");
  await axe(page);
  await stock.press("Enter");
  await expect(page.getByText("4 are available now.")).toBeVisible();
  const ledger = await page.context().newPage();
  await ledger.goto(page.url());
  await ledger.getByRole("textbox", { name: `Available of ${name}` }).focus();
  await ledger.getByRole("link", { name: `Ledger of ${name}` }).click();
  await expect(ledger.getByText("Damaged", { exact: true }).first()).toBeVisible();
  await ledger.close();

  // Another hand still sees 4, and is told instead of counting over what changed.
  await signIn(plainPage, "ring@example.com", "/admin/products");
  await plainPage.goto(list);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Taken back.")).toBeVisible();
  await expect(stock).toHaveValue("6");
  const plain = plainPage.getByRole("textbox", { name: `Available of ${name}` });
  await plain.fill("9");
  await plainPage.getByRole("button", { name: `Keep the stock of ${name}` }).click();
  await expect(plainPage.getByText("Meanwhile 6 are available, no longer 4.").first()).toBeVisible();
  await plainPage.goto(list);
  await plain.fill("9");
  await plainPage.getByRole("button", { name: `Keep the stock of ${name}` }).click();
  await expect(plainPage.getByText("9 are available now.")).toBeVisible();
  await plainPage.getByRole("button", { name: "Undo" }).click();
  await expect(plainPage.getByText("Taken back.")).toBeVisible();

  // On a phone what can be done with ticked rows waits behind a button.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(list);
  await page.getByRole("checkbox", { name }).check();
  const fields = page.getByRole("form", { name: "Change the ticked products" }).getByLabel("Status");
  await expect(page.getByText("1 selected")).toBeVisible();
  await expect(fields).toBeHidden();
  await page.getByRole("button", { name: "What to do" }).click();
  await expect(fields).toBeVisible();
  await axe(page);
  await fields.selectOption("archived");
  await page.getByRole("button", { name: "Change them" }).click();
  await expect(page.getByText("One product changed.")).toBeVisible();
});
