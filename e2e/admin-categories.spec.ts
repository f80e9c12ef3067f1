/** The category tree: made, renamed, moved by keys and by hand, and taken away; without scripts, too. */
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

test("a category is made, moved, renamed with its address leading on, and taken away", async ({
  page,
  newVisitor,
}) => {
  test.slow();
  const name = `Shelf ${Date.now()}`;
  await signIn(page, "admin@example.com", "/admin/categories");
  const row = page.getByRole("listitem").filter({ hasText: name });
  for (const each of [`${name} a`, `${name} b`]) {
    await page.getByRole("form", { name: "New category" }).getByLabel("Name").fill(each);
    await page.getByRole("button", { name: "Make it" }).click();
    await expect(row.filter({ hasText: each })).toBeVisible();
  }
  await axe(page);
  // Last at the top: now below the first.
  await page.getByRole("button", { name: `In ${name} b` }).press("Enter");
  await expect(page.getByText("Moved.")).toBeVisible();
  await expect(page.getByRole("button", { name: `Out ${name} b` })).toBeVisible();
  await page.getByText(`Change ${name} a`).click();
  const form = page.getByRole("form", { name: `Change ${name} a` });
  const old = await form.getByLabel("Address").inputValue();
  await form.getByLabel("Address").fill(`${old}-moved`);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Old addresses lead to the new ones.")).toBeVisible();
  const visitor = await newVisitor();
  await visitor.goto(`/c/${old}`);
  await expect(visitor).toHaveURL(new RegExp(`/c/${old}-moved$`));
  await row.filter({ hasText: `${name} b` }).dragTo(row.filter({ hasText: `${name} a` }));
  await expect(page.getByRole("button", { name: `Out ${name} b` })).toHaveCount(0);

  // What stands in it moves to the other, and the address leads there.
  await page.goto("/admin/products/new");
  await page.getByLabel("Name", { exact: true }).fill(`${name} ware`);
  await page.getByLabel("Category", { exact: true }).selectOption({ label: `${name} a` });
  await page.getByLabel("Price, EUR", { exact: true }).fill("12");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("The draft is begun.")).toBeVisible();
  const editor = page.url();
  await page.goto("/admin/categories");
  await page.getByText(`Change ${name} a`).click();
  await page.getByRole("link", { name: new RegExp(`elsewhere ?: ${name} a`) }).click();
  const goods = page.getByRole("form", { name: `Move the products of ${name} a` });
  await goods.getByLabel("Into").selectOption({ label: `${name} b` });
  await goods.getByLabel(`Then remove ${name} a.`).check();
  await axe(page);
  await goods.getByRole("button", { name: "Move them" }).click();
  await expect(page.getByText("One product has moved and the category is gone.")).toBeVisible();
  await expect(row.filter({ hasText: `${name} a` })).toHaveCount(0);
  await visitor.goto(`/c/${old}`);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(`${name} b`, { timeout: 1_000 });
  await page.goto(editor);
  const category = page.getByRole("combobox", { name: "Category", exact: true });
  await expect(category.locator("option:checked")).toHaveText(`${name} b`);

  // The tree is left as it was.
  await page.goto("/admin/categories");
  await page.getByText(`Change ${name} b`).click();
  await page.getByRole("link", { name: new RegExp(`elsewhere ?: ${name} b`) }).click();
  const rest = page.getByRole("form", { name: `Move the products of ${name} b` });
  await rest.getByLabel("Into").selectOption({ index: 1 });
  await rest.getByLabel(`Then remove ${name} b.`).check();
  await rest.getByRole("button", { name: "Move them" }).click();
  await expect(row.filter({ hasText: `${name} b` })).toHaveCount(0);
});
