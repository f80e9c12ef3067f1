/** Options of a product and the variants that they make: made, shown in the shop, taken away without losing stock. */
import type { Locator, Page } from "@playwright/test";
import sharp from "sharp";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";
import { untilAlive } from "./shopping";

const optionsOf = (page: Page): Locator => page.getByRole("region", { name: "Options" });

async function begin(page: Page, name: string): Promise<void> {
  await signIn(page, "line@example.com", "/admin/products/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Price, EUR", { exact: true }).fill("24.50");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("The draft is begun.")).toBeVisible();
}

async function addOption(page: Page, name: string, values: string): Promise<void> {
  const options = optionsOf(page);
  await options.getByLabel(/^(First|Another) option$/).fill(name);
  await options.getByLabel("Its values").fill(values);
  await options.getByRole("button", { name: "Keep the options" }).click();
  await expect(page.getByText("The options are saved.")).toBeVisible();
  await expect(options.getByLabel(/^Value 1 of/).last()).toHaveValue(values.split(",")[0] ?? "");
}

async function publish(page: Page): Promise<string> {
  await page.getByRole("combobox", { name: "Status", exact: true }).selectOption("active");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The shop shows it already.")).toBeVisible();
  return `/p/${await page.getByLabel("Address").inputValue()}`;
}

test("options become a matrix of variants, the shop has it within a second, and no stock is lost", async ({
  page,
  newVisitor,
}) => {
  test.slow();
  const name = `Matrix Vase ${Date.now()}`;
  await begin(page, name);
  await page.getByLabel("New pictures").setInputFiles({
    name: "red.jpg",
    mimeType: "image/jpeg",
    buffer: await sharp({ create: { width: 300, height: 300, channels: 3, background: "#aa3311" } })
      .jpeg()
      .toBuffer(),
  });
  await page.getByLabel("What they show").fill("A red vase");
  await page.getByRole("button", { name: "Add pictures" }).click();
  await expect(page.getByText("The pictures are saved.")).toBeVisible();

  await addOption(page, "Colour", "Red, Blue");
  await addOption(page, "Height", "Tall, Low");
  const options = optionsOf(page);
  await axe(page);
  await expect(options.getByText("3 variants are possible and not made yet.")).toBeVisible();
  // One is left out, and said to be missing afterwards.
  await options.getByLabel("Blue / Low").uncheck();
  await options.getByLabel("Price, EUR").fill("30");
  await options.getByRole("button", { name: "Make the ticked variants" }).click();
  await expect(page.getByText("2 variants are new; count their stock next.")).toBeVisible();
  await expect(options.getByText("One variant is possible and not made yet.")).toBeVisible();
  await expect(page.locator('[name^="variants."][name$=".price"][value="30.00"]')).toHaveCount(2);
  await options.getByRole("button", { name: "Make the ticked variants" }).click();
  await expect(page.getByText("One variant is new")).toBeVisible();
  await page.getByRole("combobox", { name: "Shown for" }).selectOption({ label: "Red" });
  await page.getByRole("button", { name: "Keep the words for picture 1" }).click();
  await expect(page.getByText("The pictures are saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Shown for" }).locator("option:checked")).toHaveText("Red");

  // What the first variant says goes into all below it, and the snippet follows what is typed.
  const prices = page.locator('[name^="variants."][name$=".price"]');
  await prices.first().fill("31");
  await page.getByRole("button", { name: "price", exact: true }).click();
  for (const price of await prices.all()) await expect(price).toHaveValue("31");
  await page.getByText("In search engines").click();
  const snippet = page.locator("[data-snippet]");
  await expect(snippet).toContainText(name);
  await page.getByLabel("Title there").fill("A vase for two flowers");
  await expect(snippet).toContainText("A vase for two flowers");
  await expect(snippet).not.toContainText(name);

  const path = await publish(page);
  await expect(page.locator('[name^="variants."][name$=".price"][value="31.00"]')).toHaveCount(4);
  const visitor = await newVisitor();
  await visitor.goto(path);
  await expect(visitor).toHaveTitle(/^A vase for two flowers/);
  for (const value of ["Red", "Blue", "Tall", "Low"])
    await expect(visitor.getByRole("main").getByText(value, { exact: true }).first()).toBeVisible();

  // Renamed and put in order: the shop follows, and another tab that was open before is told.
  const late = await page.context().newPage();
  await late.goto(page.url());
  await options.getByLabel("Value 1 of Colour").fill("Scarlet");
  await options.getByRole("button", { name: "Down Red" }).click();
  await expect(page.getByText("The options are saved.")).toBeVisible();
  await expect(options.getByLabel("Value 2 of Colour")).toHaveValue("Scarlet");
  await visitor.goto(path);
  await expect(visitor.getByRole("main").getByText("Scarlet", { exact: true }).first()).toBeVisible({
    timeout: 1_000,
  });
  await optionsOf(late).getByLabel("Add values to Height").fill("Huge");
  await optionsOf(late).getByRole("button", { name: "Keep the options" }).click();
  await expect(late.getByText("changed the options")).toBeVisible();
  await expect(optionsOf(late).getByLabel("Add values to Height")).toHaveValue("Huge");
  await late.close();

  // What has stock is not lost with its value.
  const stock = page.getByRole("link", { name: /available ?, stock of .*BLUE-TALL/ });
  const counted = await page.context().newPage();
  await counted.goto((await stock.getAttribute("href")) ?? "");
  await counted.getByLabel("Pieces", { exact: true }).fill("4");
  await counted.getByLabel("Reason", { exact: true }).fill("First count");
  await counted.getByRole("button", { name: "Change stock" }).click();
  await counted.waitForURL(/done=counted/);
  await counted.close();
  await page.reload();
  await untilAlive(options.getByRole("button", { name: "Remove Blue" }));
  await options.getByRole("button", { name: "Remove Blue" }).click();
  await expect(page.getByText("2 variants, with 4 pieces on the shelf, are off sale now")).toBeVisible();
  await options.getByText("No longer offered: 2 variants").click();
  await expect(options.getByRole("link", { name: /4 on the shelf/ })).toBeVisible();
  await axe(page);
  await visitor.goto(path);
  await expect(visitor.getByRole("main").getByText("Blue", { exact: true })).toHaveCount(0, {
    timeout: 1_000,
  });
  await options.getByLabel("Add values to Colour").fill("Blue");
  await options.getByRole("button", { name: "Keep the options" }).click();
  await expect(options.getByText("2 variants are possible and not made yet.")).toBeVisible();
  await options.getByRole("button", { name: "Make the ticked variants" }).click();
  await expect(page.getByText("2 variants are back as before.")).toBeVisible();
  await expect(page.getByRole("link", { name: /4 available ?, stock of .*BLUE-TALL/ })).toBeVisible();
});

test("without scripts a product gets its options and all variants, and what is wrong is told beside it", async ({
  plainPage: page,
}) => {
  await begin(page, `Plain Vase ${Date.now()}`);
  const options = optionsOf(page);
  await options.getByLabel("Its values").fill("S, M");
  await options.getByRole("button", { name: "Keep the options" }).click();
  await expect(page.getByText("Please enter a name.").first()).toBeVisible();
  await expect(options.getByLabel("Its values")).toHaveValue("S, M");
  await options.getByLabel("First option").fill("Size");
  await options.getByRole("button", { name: "Keep the options" }).click();
  await expect(page.getByText("The options are saved.")).toBeVisible();
  await options.getByRole("button", { name: "Make the ticked variants" }).click();
  await expect(page.getByText("One variant is new")).toBeVisible();
  const path = await publish(page);
  await page.goto(path);
  await expect(page.getByRole("main").getByText("M", { exact: true }).first()).toBeVisible();
});
