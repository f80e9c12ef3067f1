/** A draft is looked at as the shop would show it, scheduled, called off, scheduled again, and is there when its time comes. */
import type { Page } from "@playwright/test";
import { expectNothing, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

/** The moment of a product comes now: its row and the job that was added with it. */
async function bringForward(id: string): Promise<void> {
  const { default: postgres } = await import("postgres");
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    await sql.begin(async (tx) => {
      await tx`update products set publish_at = now() + interval '2 seconds' where id = ${id}`;
      await tx`select graphile_worker.add_job('catalog.due', '{}'::json)`;
    });
  } finally {
    await sql.end();
  }
}

async function schedule(page: Page, at: string): Promise<void> {
  await page.getByLabel(/^Into the shop/).fill(at);
  await page.getByRole("button", { name: "Keep the schedule" }).click();
}

test("a scheduled draft is previewed, told in the list, called off, and in the shop when its time comes", async ({
  page,
  plainPage,
  newVisitor,
}) => {
  test.slow();
  const name = `Later Bowl ${Date.now()}`;
  await signIn(page, "line@example.com", "/admin/products/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Price, EUR", { exact: true }).fill("24.50");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("The draft is begun.")).toBeVisible();
  const editor = new URL(page.url()).pathname;
  const id = editor.split("/").at(-1) ?? "";
  const path = `/p/${await page.getByLabel("Address").inputValue()}`;

  await page.getByRole("link", { name: "Preview" }).click();
  await expect(page.getByText("This is how the shop would show it.")).toBeVisible();
  await expect(page.locator("[data-preview] h1")).toHaveText(name);
  await axe(page);
  const stranger = await newVisitor();
  await signIn(stranger, "ring@example.com", "/admin");
  await expectNothing(stranger, `${editor}/preview`);

  await page.goto(editor);
  await schedule(page, "2020-01-01T10:00");
  await expect(page.getByText("That is over. Please choose a later time.").last()).toBeVisible();
  await schedule(page, "2099-03-01T10:00");
  await expect(page.getByText("The schedule is kept.")).toBeVisible();
  await axe(page);
  await page.goto(`/admin/products?q=${encodeURIComponent(name)}`);
  await expect(page.getByText("in: 1 Mar 2099, 10:00")).toBeVisible();

  // Called off, and said again, without scripts.
  await signIn(plainPage, "line@example.com", "/admin");
  await plainPage.goto(editor);
  await expect(plainPage.getByLabel(/^Into the shop/)).toHaveValue("2099-03-01T10:00");
  await schedule(plainPage, "");
  await expect(plainPage.getByText("Nothing happens by itself any more.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("in: 1 Mar 2099")).toHaveCount(0);
  await schedule(plainPage, "2099-03-02T10:00");
  await expect(plainPage.getByText("The schedule is kept.")).toBeVisible();

  const visitor = await newVisitor();
  expect((await visitor.request.get(path)).status()).toBe(404);
  await bringForward(id);
  await expect.poll(async () => (await visitor.request.get(path)).status(), { intervals: [200] }).toBe(200);
  await visitor.goto(path);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.goto(editor);
  await expect(page.getByRole("combobox", { name: "Status", exact: true })).toHaveValue("active");
  await page.getByRole("combobox", { name: "Status", exact: true }).selectOption("archived");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
});
