/** A shelf is counted with a sheet, without scripts: the difference is shown, goods move meanwhile, it is looked at again and set. */
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

test("stocktake by sheet", async ({ plainPage: page, newVisitor }) => {
  await signIn(page, "ring@example.com", "/admin/stock/count");
  const sheet = await (await page.request.get("/api/stock/sheet")).text();
  const [head = "", ...lines] = sheet.replace("\ufeff", "").split("\r\n");
  expect(head).toBe("SKU,Product,Variant,On the shelf,Counted");
  // The last of the list: other journeys buy what stands in front.
  const cells = lines.filter(Boolean).at(-1)?.split(",") ?? [];
  const [sku = "", shelf = 0] = [cells[0], Number(cells.at(-2))];
  const counted = `${head}\n${[...cells.slice(0, -1), shelf + 3].join(",")}\nnot-a-sku,,,,4\n`;
  await page
    .getByLabel("CSV file")
    .setInputFiles({ name: "counted.csv", mimeType: "text/csv", buffer: Buffer.from(counted) });
  await page.getByRole("button", { name: "Send the sheet" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`${sku}.*\\+3`) })).toBeVisible();
  await expect(page.getByText('There is no variant "not-a-sku".')).toBeVisible();
  // Axe needs scripts.
  const desk = await newVisitor();
  await signIn(desk, "ring@example.com", new URL(page.url()).pathname);
  await axe(desk);
  await desk.goto(`/admin/stock?q=${sku}`);
  await desk.locator("main tbody a").first().click();
  await desk.getByLabel("What happened").selectOption("receive");
  await desk.getByLabel("Pieces").fill("1");
  await desk.getByLabel("Reason").fill("Found behind the shelf");
  await desk.getByRole("button", { name: "Change stock" }).click();
  await expect(desk.getByText("The stock is changed")).toBeVisible();
  await page.getByLabel("Reason").fill("Yearly count");
  await page.getByRole("button", { name: "Set one shelf" }).click();
  await expect(page.getByText(`Nothing is set yet: ${sku} moved since.`).first()).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(`${sku}.*\\+2`) })).toBeVisible();
  await page.getByLabel("Reason").fill("Yearly count");
  await page.getByRole("button", { name: "Set one shelf" }).click();
  await expect(page.getByText("One shelf is set.")).toBeVisible();
  const after = await (await page.request.get("/api/stock/sheet")).text();
  expect(after.split("\r\n").find((line) => line.startsWith(`${sku},`))).toMatch(
    new RegExp(`,${shelf + 3},$`),
  );
});
