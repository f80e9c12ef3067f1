/** Goods come in from a file in the browser: its columns are told, it is tried, imported, seen in the shop, and undone. */
import type { Page } from "@playwright/test";
import { expectNothing, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

const HEAD = "Artikel;Bezeichnung;Preis;Bestand;Notiz";

async function send(page: Page, text: string, name = "goods.csv"): Promise<void> {
  await page
    .getByLabel("CSV file")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text, "latin1") });
  await page.getByRole("button", { name: "Send the file" }).click();
  await page.waitForURL(/\/admin\/import\/[0-9a-f-]{36}$/);
}

const column = (page: Page, name: string) => page.getByLabel(name, { exact: false });

test("a table of any kind becomes goods, and is undone", async ({ page, newVisitor }) => {
  await signIn(page, "line@example.com", "/admin/import");
  await page.route("/api/import", async (route) => {
    await expect(page.getByRole("status").filter({ hasText: /^\d+ % sent$/ })).toBeVisible();
    await route.continue();
  });
  await send(page, `${HEAD}\nmoire-ruler;Moiré Ruler;12,50;4;x\nmoire-lens;Moiré Lens;free;2;y\n`);
  const address = page.url();
  // What a column means is told by whoever knows; what is missing is said beside it.
  await column(page, "Bezeichnung").selectOption({ label: "Title" });
  await column(page, "Preis").selectOption({ label: "Price" });
  await column(page, "Bestand").selectOption({ label: "Quantity in stock" });
  await page.getByRole("button", { name: "Look at every row" }).click();
  await expect(
    page.getByText('No column is chosen for "Handle: what keeps rows together".').first(),
  ).toBeVisible();
  await expect(column(page, "Preis")).toHaveValue("price");
  await axe(page);
  await column(page, "Artikel").selectOption({ label: "Handle: what keeps rows together" });
  await page.getByRole("button", { name: "Look at every row" }).click();
  await expect(page.getByText("Ready to import")).toBeVisible();
  await expect(page.getByRole("cell", { name: /€12\.50, 4 in stock/ })).toBeVisible();
  await expect(page.getByText('Line 3: "free" is no price in EUR.')).toBeVisible();
  await axe(page);
  const shop = await newVisitor();
  expect((await shop.request.get("/p/moire-ruler")).status()).toBe(404);

  await page.getByRole("button", { name: "Import it now" }).click();
  await expect(page.getByText("1 new, 0 changed")).toBeVisible();
  await expect(page.getByRole("link", { name: "To the products" })).toBeVisible();
  await shop.goto("/p/moire-ruler");
  await expect(shop.getByRole("heading", { level: 1 })).toHaveText("Moiré Ruler");

  const other = await newVisitor();
  await signIn(other, "ring@example.com", "/admin/import");
  await expectNothing(other, new URL(address).pathname);

  await page.getByText("Undo this import").click();
  await page.getByRole("button", { name: "Undo it" }).click();
  await expect(page.getByText("Everything is as it was before.")).toBeVisible();
  await expect.poll(async () => (await shop.request.get("/p/moire-ruler")).status()).toBe(404);
  await page.goto("/admin/import");
  await expect(page.getByRole("row", { name: /goods\.csv.*Undone/ }).first()).toBeVisible();
});

test("without scripts, too", async ({ plainPage: page }) => {
  await signIn(page, "ring@example.com", "/admin/import");
  await page.getByRole("button", { name: "Send the file" }).click();
  await send(page, "handle,title,price\nmoire-comb,Moiré Comb,9\n", "combs.csv");
  // What is understood already is folded away, and sent all the same.
  await expect(page.getByText("The file is understood")).toBeVisible();
  await expect(page.getByLabel("handle")).toBeHidden();
  await page.getByRole("button", { name: "Look at every row" }).click();
  // The page loads itself again while the job works.
  await expect(page.getByText("Ready to import")).toBeVisible();
  await page.getByRole("button", { name: "Import it now" }).click();
  await expect(page.getByText("1 new, 0 changed")).toBeVisible();
  await page.locator("summary", { hasText: "Undo this import" }).click();
  await page.getByRole("button", { name: "Undo it" }).click();
  await expect(page.getByText("Everything is as it was before.")).toBeVisible();
});

test("customers of another shop are an admin's to bring in, and are undone", async ({ page, newVisitor }) => {
  const head = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Note";
  const file = `${head}\n1,Journey,Import,journey.import@example.com,yes,Likes lace\n2,No,Mail,,no,\n`;
  const owner = await newVisitor();
  await signIn(owner, "line@example.com", "/admin/import");
  await send(owner, file, "people.csv");
  await expect(owner.getByText("This is a file of customers: an admin")).toBeVisible();

  await signIn(page, "admin@example.com", "/admin/import");
  await send(page, file, "people.csv");
  await expectNothing(owner, new URL(page.url()).pathname);
  await expect(page.getByText("A customer export of Shopify")).toBeVisible();
  await expect(page.getByLabel("Load the pictures")).toHaveCount(0);
  await axe(page);
  await page.getByRole("button", { name: "Look at every row" }).click();
  await expect(page.getByText("Ready to import")).toBeVisible();
  await expect(page.getByText("first name, last name, note for staff")).toBeVisible();
  await expect(page.getByText("no e-mail address, or one that is none")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Import it now" }).click();
  await expect(page.getByText("1 new, 0 changed. Nobody was written to.")).toBeVisible();
  const address = page.url();
  await page.getByRole("link", { name: "Line 2" }).click();
  await expect(page.getByText("journey.import@example.com").filter({ visible: true }).first()).toBeVisible();
  await page.goto(address);
  await page.locator("summary", { hasText: "Undo this import" }).click();
  await page.getByRole("button", { name: "Undo it" }).click();
  await expect(page.getByText("Everything is as it was before.")).toBeVisible();
  await page.goto("/admin/customers?q=journey.import@example.com");
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await expect(page.getByRole("main").getByText("Journey Import")).toHaveCount(0);
  await page.goto("/admin/import");
  await expect(
    page.getByRole("row", { name: /people\.csv.*Customers: 1 new.*Undone/ }).first(),
  ).toBeVisible();
});
