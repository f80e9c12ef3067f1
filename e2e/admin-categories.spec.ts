/** The category tree: made, renamed, moved by buttons and by hand, and taken away; without scripts, too. */
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

test("a category is made, moved, renamed with its address leading on, and taken away", async ({
  page,
  newVisitor,
}) => {
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
  await page.getByRole("button", { name: `In ${name} b` }).click();
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
  for (const each of [`${name} a`, `${name} b`]) {
    await page.getByText(`Change ${each}`).click();
    await page.getByRole("button", { name: `Remove ${each}` }).click();
    await expect(row.filter({ hasText: each })).toHaveCount(0);
  }
});
