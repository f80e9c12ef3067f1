/** A piece that came from a Shopify export is found by search, bought without scripts, and shipped by its owner. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { signIn } from "./admin-steps";
import { expect, test } from "./fixtures";
import { addAndGoToCart, goToPayment } from "./shopping";

const FILE = path.resolve("lib/services/imports/fixtures/new-headers.csv");
const PIECE = "Beat Notebook";

test("from a Shopify export to a parcel", async ({ plainPage: page, newVisitor }) => {
  // With its settings in the environment the script uses the database that is there already.
  const said = execFileSync(
    process.execPath,
    ["--import", "tsx", "scripts/import.ts", FILE, "--no-images", "--owner", "line-works"],
    { encoding: "utf8", env: { ...process.env, SHOP_DATABASE: "1" } },
  );
  expect(said).toMatch(/sold by Line Works/);
  await page.goto("/search?q=beat+notebook");
  await page.getByRole("link", { name: PIECE }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(PIECE);
  await addAndGoToCart(page, { scripts: false });
  await goToPayment(page);
  await page.getByLabel("Cash on delivery").check();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\//);
  const link = page.url();
  const number = /\/orders\/([^?]+)/.exec(link)?.[1] ?? "";

  const desk = await newVisitor();
  await signIn(desk, "line@example.com", `/admin/orders/${number}`);
  await expect(desk.getByText(PIECE).filter({ visible: true }).first()).toBeVisible();
  await desk.getByLabel("Carrier").selectOption("GLS");
  await desk.getByLabel("Tracking number").fill("GLS4711");
  await desk.getByRole("button", { name: "Ship", exact: true }).click();
  await expect(desk.getByText("The parcel is on its way")).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("link", { name: /GLS4711/ })).toBeVisible();
});
