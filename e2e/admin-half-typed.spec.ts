/** What is half typed in the other forms of a page stays when one of them is saved; a picture is moved by keyboard alone. */
import sharp from "sharp";
import { orderByCash, signIn } from "./admin-steps";
import { expect, test } from "./fixtures";

const picture = (background: string) =>
  sharp({ create: { width: 300, height: 300, channels: 3, background } })
    .png()
    .toBuffer();

test("a product half written is still there after pictures, and who else changed it is told", async ({
  page,
  newVisitor,
}) => {
  test.slow();
  const name = `Half Bowl ${Date.now()}`;
  await signIn(page, "line@example.com", "/admin/products/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Price, EUR", { exact: true }).fill("24.50");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("The draft is begun.")).toBeVisible();
  const field = (label: string) => page.getByRole("textbox", { name: label, exact: true });
  const sheet = page.getByRole("textbox", { name: /^Description/ });

  await field("Name").fill(`${name} half`);
  await sheet.fill("Written before the pictures");
  await field("First option").fill("Glaze");
  await page.getByLabel("New pictures").setInputFiles([
    { name: "one.png", mimeType: "image/png", buffer: await picture("#aa3311") },
    { name: "two.png", mimeType: "image/png", buffer: await picture("#1133aa") },
    { name: "three.png", mimeType: "image/png", buffer: await picture("#33aa11") },
  ]);
  await page.getByRole("button", { name: "Add pictures" }).click();
  await expect(page.getByText("The pictures are saved.")).toBeVisible();
  await expect(field("Name")).toHaveValue(`${name} half`);
  await expect(sheet).toHaveText("Written before the pictures");
  await expect(field("First option")).toHaveValue("Glaze");

  // Enter moves the same picture on, with its half-written words; at the end the focus stays with it.
  const items = page.getByRole("region", { name: "Pictures" }).getByRole("listitem");
  const first = await items.nth(0).locator("img").getAttribute("src");
  await items.nth(0).getByLabel("What it shows").fill("The red one");
  await page.getByRole("button", { name: "Later picture 1" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Later picture 2" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(items.nth(2).locator(":focus")).toHaveCount(1);
  expect(await items.nth(2).locator("img").getAttribute("src")).toBe(first);
  await expect(items.nth(2).getByLabel("What it shows")).toHaveValue("The red one");

  // Somebody else names it meanwhile: the page is drawn with that, and saving does not put it away unseen.
  const other = await newVisitor();
  await signIn(other, "admin@example.com", "/admin/products");
  await other.goto(page.url().replace(/[?#].*/, ""));
  await other.getByRole("textbox", { name: "Name", exact: true }).fill(`${name} elsewhere`);
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await expect(other.getByText("Saved.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Keep the words for picture 3" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name} elsewhere`);
  await expect(field("Name")).toHaveValue(`${name} half`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").first()).toContainText(`changed the name to “${name} elsewhere”`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name} half`);
  await expect(field("First option")).toHaveValue("Glaze");
});

test("a note and a tracking number half typed are still there once packing began", async ({ newVisitor }) => {
  test.slow();
  const { number } = await orderByCash(9);
  const desk = await newVisitor();
  await signIn(desk, "admin@example.com", "/admin/orders");
  await desk.goto(`/admin/orders/${number}`);
  await desk.getByLabel("New note").fill("Wrap it");
  await desk.getByLabel("Tracking number").fill("00340");
  await desk.getByText("Cancel this order").click();
  await desk.getByRole("textbox", { name: "Why" }).fill("The shopper rang");
  await desk.getByRole("button", { name: "Start packing" }).click();
  await expect(desk.getByText("Packing has begun.")).toBeVisible();
  const expectRest = async () => {
    await expect(desk.getByLabel("Tracking number")).toHaveValue("00340");
    await expect(desk.getByRole("textbox", { name: "Why" })).toHaveValue("The shopper rang");
    await expect(desk.getByRole("textbox", { name: "Why" })).toBeVisible();
  };
  await expectRest();
  await expect(desk.getByLabel("New note")).toHaveValue("Wrap it");
  await desk.getByRole("button", { name: "Add note" }).click();
  await expect(desk.getByText("The note is kept.")).toBeVisible();
  await expect(desk.getByLabel("New note")).toHaveValue("");
  await expectRest();
});
