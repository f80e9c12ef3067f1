/** A product from nothing to the shop: begun, given pictures and words, published, copied; and its address moves along. */
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

const picture = (background: string) =>
  sharp({ create: { width: 300, height: 300, channels: 3, background } })
    .jpeg()
    .toBuffer();

async function begin(page: Page, name: string) {
  await signIn(page, "line@example.com", "/admin/products");
  await page.getByRole("link", { name: "New product" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New product" })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Price, EUR", { exact: true }).fill("24.50");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("The draft is begun.")).toBeVisible();
}

test("a product is begun, gets pictures and is in the shop within a second", async ({ page, newVisitor }) => {
  test.slow();
  const name = `Folded Bowl ${Date.now()}`;
  await begin(page, name);
  await axe(page);
  const path = `/p/${await page.getByLabel("Address").inputValue()}`;

  // No picture at all: said beside the field, and nothing is kept.
  const files = page.getByLabel("New pictures");
  await files.setInputFiles({ name: "bowl.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg/>") });
  await page.getByRole("button", { name: "Add pictures" }).click();
  await expect(page.getByText("“bowl.jpg”: it is no JPEG, PNG, WebP or AVIF picture.").first()).toBeVisible();
  await files.setInputFiles([
    { name: "one.jpg", mimeType: "image/jpeg", buffer: await picture("#aa3311") },
    { name: "two.jpg", mimeType: "image/jpeg", buffer: await picture("#1133aa") },
  ]);
  await page.getByLabel("What they show").fill("A bowl seen from above");
  await page.getByRole("button", { name: "Add pictures" }).click();
  const items = page.getByRole("region", { name: "Pictures" }).getByRole("listitem");
  await expect(items).toHaveCount(2);
  const keyOf = (n: number) => items.nth(n).locator("img").getAttribute("src");
  const [first, second] = [await keyOf(0), await keyOf(1)];
  await page.getByRole("button", { name: "Later picture 1" }).click();
  await expect.poll(() => keyOf(0)).toBe(second);
  await items.nth(1).dragTo(items.nth(0));
  await expect.poll(() => keyOf(0)).toBe(first);
  await page.getByRole("button", { name: "Remove picture 2" }).click();
  await expect(items).toHaveCount(1);
  await axe(page);

  const visitor = await newVisitor();
  // The list that was left stays in the document, hidden; a role finds what is seen.
  await page.getByRole("combobox", { name: "Status", exact: true }).selectOption("active");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The shop shows it already.")).toBeVisible();
  await visitor.goto(path);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(name, { timeout: 1_000 });
  await expect(visitor.getByAltText("A bowl seen from above").first()).toBeVisible();

  await page.getByRole("button", { name: "Duplicate" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name} (copy)`);
  await expect(page.locator('[name="variants.0.price"]').filter({ visible: true })).toHaveValue("24.50");
  await page.getByRole("combobox", { name: "Status", exact: true }).selectOption("archived");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
});

test("without scripts a product is begun, a picture is sent and the product goes into the shop", async ({
  plainPage: page,
}) => {
  const name = `Plain Bowl ${Date.now()}`;
  await begin(page, name);
  await page
    .getByLabel("New pictures")
    .setInputFiles({ name: "one.jpg", mimeType: "image/jpeg", buffer: await picture("#11aa33") });
  await page.getByLabel("What they show").fill("A plain bowl");
  await page.getByRole("button", { name: "Add pictures" }).click();
  await expect(page.getByRole("region", { name: "Pictures" }).getByRole("listitem")).toHaveCount(1);
  const path = `/p/${await page.getByLabel("Address").inputValue()}`;
  // The list that was left stays in the document, hidden; a role finds what is seen.
  await page.getByRole("combobox", { name: "Status", exact: true }).selectOption("active");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The shop shows it already.")).toBeVisible();
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
});
