/** Finding: words and what they were meant for, filters with and without scripts, suggestions by keyboard. */
import type { Page } from "@playwright/test";
import { axe, expect, test } from "./fixtures";

// The router keeps the page before in the document, hidden.
const pieces = (page: Page) => page.locator("main article").filter({ visible: true });
const names = (page: Page) => pieces(page).getByRole("heading").allInnerTexts();
/** The smallest price of each piece, as it is now, in the order of the list; the price of a metre stands behind it. */
const prices = async (page: Page) =>
  (await pieces(page).locator("span.num").allInnerTexts()).map((text) =>
    Number(/€([\d,.]+)/.exec(text.split("now").at(-1) ?? "")?.[1]?.replaceAll(",", "")),
  );
const fold = (page: Page, name: string) => page.locator("summary").filter({ hasText: name, visible: true });

test("search finds words, parts, synonyms, typing errors and numbers, and helps where nothing fits", async ({
  page,
}) => {
  const find = async (q: string) => {
    await page.goto(`/search?q=${encodeURIComponent(q)}`);
    return names(page);
  };
  expect((await find("mug")).length).toBeGreaterThan(3);
  expect((await find("grating cush"))[0]).toBe("Grating cushion");
  expect((await find("pillow")).some((name) => /cushion/i.test(name))).toBe(true);
  expect((await find("cushoin"))[0]).toMatch(/cushion/i);
  await expect(page.getByText("Showing cushion.")).toBeVisible();
  await page.getByRole("link", { name: "Search for “cushoin” instead" }).click();
  await page.waitForURL(/exact=1/);
  await expect(page.getByRole("heading", { name: "No line crosses here." })).toBeVisible();
  await page.getByRole("link", { name: "cushion", exact: true }).click();
  await page.waitForURL(/q=cushion$/);
  expect(await find("cu-237-mos-50")).toEqual(["Grating cushion"]);

  await page.goto("/search?q=zzqqx");
  await expect(page.getByRole("heading", { name: "No line crosses here." })).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Search again" })).toHaveValue("zzqqx");
  await expect(pieces(page).first()).toBeVisible();
  await axe(page);
});

test("filters apply in place, stand in the address, come off one by one, and Back leads to the same place", async ({
  page,
}) => {
  await page.goto("/c/textiles");
  const before = await names(page);
  await fold(page, "Colour").click();
  await page.getByRole("checkbox", { name: /Cobalt/ }).check();
  await page.waitForURL(/filter=colour%3Acobalt/);
  // The list is another page's now; the box is still there, checked and with the focus.
  const chips = page.getByRole("list", { name: "Chosen filters" });
  await expect(chips.getByRole("link", { name: "Remove Cobalt" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /Cobalt/ })).toBeFocused();
  await expect(page.locator("#list-status")).toHaveText(/^\d/);
  const some = Number(/^(\d+)/.exec((await page.locator("#list-status").textContent()) ?? "")?.[1]);
  expect(some).toBeGreaterThan(0);
  expect(await names(page)).not.toEqual(before);

  await page.getByRole("checkbox", { name: /Moss/ }).check();
  await page.waitForURL(/filter=colour%3Amoss/);
  await expect(chips.getByRole("link", { name: "Remove Moss" })).toBeVisible();
  await expect(page.locator("#list-status")).toHaveText(/^\d/);
  const either = Number(/^(\d+)/.exec((await page.locator("#list-status").textContent()) ?? "")?.[1]);
  expect(either).toBeGreaterThanOrEqual(some);
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("checkbox", { name: /Moss/ })).toBeHidden();

  await fold(page, "Price").click();
  await page.getByRole("textbox", { name: "From" }).fill("60");
  await page.getByRole("textbox", { name: "From" }).press("Enter");
  await page.waitForURL(/min=60/);
  await expect(chips.getByRole("link", { name: "Remove from €60" })).toBeVisible();
  // Some of them cost less.
  await expect
    .poll(async () => Number.parseInt((await page.locator("#list-status").textContent()) ?? "", 10))
    .toBeLessThan(either);
  await chips.getByRole("link", { name: "Remove Cobalt" }).click();
  await expect(chips.getByRole("link", { name: "Remove Cobalt" })).toHaveCount(0);
  await expect(page).toHaveURL(/filter=colour%3Amoss&min=60$/);

  // Back from a piece: the same list at the same height.
  await expect(pieces(page).first()).toBeVisible();
  const piece = pieces(page).first().getByRole("link");
  await page.evaluate(() => scrollTo({ top: 300, behavior: "instant" }));
  const height = await page.evaluate(() => scrollY);
  expect(height).toBeGreaterThan(100);
  await piece.click();
  await page.waitForURL("**/p/*");
  await page.goBack();
  await page.waitForURL(/min=60/);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(height);

  await chips.getByRole("link", { name: "Clear all" }).click();
  await page.waitForURL("**/c/textiles");
  await expect(chips).toHaveCount(0);
  // The page is the one of before, kept as it was left: its boxes are put right.
  const cobalt = page.getByRole("checkbox", { name: /Cobalt/ });
  if (!(await cobalt.isVisible())) await fold(page, "Colour").click();
  await expect(cobalt).not.toBeChecked();
});

test("suggestions are a combobox: keys move, Enter goes, Escape closes, what is typed stays", async ({
  page,
}) => {
  await page.goto("/");
  await page.locator("#search").focus();
  const field = page.getByRole("combobox", { name: "Search the shop" });
  await expect(field).toHaveAttribute("aria-expanded", "false");
  await field.pressSequentially("grating cu");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await expect(list.getByRole("option", { name: /Grating cushion/ })).toBeVisible();
  await axe(page);
  await field.press("Escape");
  await expect(list).toBeHidden();
  await expect(field).toHaveValue("grating cu");
  await field.press("ArrowDown");
  await expect(list).toBeVisible();
  await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await field.press("ArrowUp");
  await expect(field).not.toHaveAttribute("aria-activedescendant");
  await field.press("ArrowUp");
  const last = list.getByRole("option").last();
  await expect(last).toHaveAttribute("aria-selected", "true");
  const href = (await last.getAttribute("href")) ?? "";
  await field.press("Enter");
  await page.waitForURL(`**${href}`);
  expect(href).toMatch(/^\/p\//);
});

test("without scripts: filters of a category and of a search are plain forms and links", async ({
  plainPage: page,
}) => {
  await page.goto("/c/textiles");
  await fold(page, "Colour").click();
  await page.getByRole("checkbox", { name: /Cobalt/ }).check();
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await page.waitForURL(/\/browse\/textiles\?.*filter=colour%3Acobalt/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Textiles");
  await expect(pieces(page).first()).toBeVisible();
  await fold(page, "Sort:").click();
  await page.getByRole("link", { name: "Price, low to high" }).click();
  await page.waitForURL(/sort=price-up/);
  const rising = await prices(page);
  expect(rising.length).toBeGreaterThan(2);
  expect(rising).toEqual([...rising].sort((a, b) => a - b));
  await page.getByRole("link", { name: "Remove Cobalt" }).click();
  await page.waitForURL((url) => !url.search.includes("cobalt") && url.search.includes("price-up"));
  // The address of a category with a query is its twin, too.
  await page.goto("/c/textiles?stock=1&min=999999");
  await expect(page.getByText("Nothing has everything that you asked for at once.")).toBeVisible();
  await page.getByRole("link", { name: "Take the filters off" }).click();
  await page.waitForURL((url) => url.pathname.endsWith("/textiles") && !url.search.includes("min"));
  await expect(pieces(page).first()).toBeVisible();
});

test("@phone filters are a sheet that is applied as a whole", async ({ page }) => {
  await page.goto("/search?q=cushion");
  await page.getByRole("button", { name: "Filter" }).click();
  await fold(page, "Colour").click();
  await page.getByRole("checkbox", { name: /Cobalt/ }).check();
  await page.getByRole("checkbox", { name: /Moss/ }).check();
  await axe(page);
  await page.getByRole("button", { name: "Show pieces" }).click();
  await page.waitForURL(/cobalt.*moss/);
  await expect(page.getByRole("link", { name: "Remove Moss" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Show pieces" })).toBeHidden();
});
