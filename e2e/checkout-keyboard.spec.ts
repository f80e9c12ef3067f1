/** The whole purchase by keyboard alone, with what screen readers hear and see on the way. */
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { HOME, openPiece } from "./shopping";

/** Presses Tab until the element has the focus, and looks whether it is in sight there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
  // Nothing lies over it: no sticky bar, no drawer.
  const seen = await target.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const at = document.elementFromPoint(left + width / 2, top + height / 2);
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const isMarked = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    return { isOnTop: at !== null && (element.contains(at) || at.contains(element)), isMarked };
  });
  expect(seen, await target.evaluate((element) => element.outerHTML.slice(0, 120))).toEqual({
    isOnTop: true,
    isMarked: true,
  });
}

const press = async (page: Page, target: Locator) => {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
};

async function write(page: Page, label: string, words: string): Promise<void> {
  await tabTo(page, page.getByRole("textbox", { name: label }));
  await page.keyboard.type(words);
}

test("from the piece to the placed order by keyboard alone", async ({ page }) => {
  test.setTimeout(180_000);
  await openPiece(page, 13);
  const add = page.getByRole("button", { name: "Add to cart" });
  await press(page, add);
  await expect(page.getByRole("status").filter({ hasText: "is in your cart" })).toHaveCount(1);
  await expect(add).toBeFocused();
  const drawer = page.getByRole("region", { name: "Added to your cart" });
  await expect(drawer).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(add).toBeFocused();

  await page.goto("/cart");
  await press(page, page.getByRole("button", { name: /^Remove (?!code)/ }));
  await expect(page.getByRole("status").filter({ hasText: "is out of your cart" })).toBeFocused();
  await press(page, page.getByRole("button", { name: "Undo" }));
  await press(page, page.getByRole("button", { name: "Check out" }));
  await page.waitForURL("**/checkout");

  await write(page, "E-mail", "grace");
  await page.keyboard.press("Tab");
  const email = page.getByRole("textbox", { name: "E-mail" });
  await expect(page.getByRole("alert").filter({ hasText: "Please enter an e-mail address" })).toBeVisible();
  await expect(email).toHaveAccessibleDescription(/Please enter an e-mail address like ada@example.com/);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("End");
  await page.keyboard.type("@example.org");
  await expect(page.getByRole("alert").filter({ hasText: "Please enter an e-mail address" })).toHaveCount(0);
  await press(page, page.getByRole("button", { name: "Continue to delivery" }));
  const summary = page.getByRole("alert").filter({ hasText: "Please check the marked fields" });
  await expect(summary).toBeFocused();
  await press(page, summary.getByRole("link", { name: "Please enter your full name." }));
  await page.keyboard.type(HOME.name);
  await write(page, "Street and number", HOME.line1);
  await write(page, "Postal code", HOME.postalCode);
  await write(page, "City", HOME.city);
  await press(page, page.getByRole("button", { name: "Continue to delivery" }));
  await page.waitForURL("**/checkout/delivery");

  await tabTo(page, page.getByRole("radio", { checked: true }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /^Express/ })).toBeChecked();
  await press(page, page.getByRole("button", { name: "Continue to payment" }));
  await page.waitForURL("**/checkout/payment");
  // What was told unfolds in place and is changed there.
  const told = page.locator("summary").filter({ hasText: "Contact", visible: true });
  await press(page, told);
  await tabTo(page, page.getByRole("textbox", { name: "Street and number" }));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Kantstraße 7");
  await press(page, page.getByRole("button", { name: "Save the address" }));
  await expect(page.getByRole("status").filter({ hasText: "The address is changed." })).toBeFocused();
  await expect(told).toContainText("Kantstraße 7");
  await expect(page.getByRole("complementary", { name: "Order summary" })).toContainText("Total");

  await tabTo(page, page.getByRole("radio", { name: /^Card/ }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /^Cash on delivery/ })).toBeChecked();
  await press(page, page.getByRole("button", { name: "Place order" }));
  await page.waitForURL(/\/orders\/[A-Z]+-[0-9A-Z]+\?key=/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you. It is ordered");
});

test("every field of the checkout has its name, its autofill and its keyboard", async ({ page }) => {
  await openPiece(page, 14);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(page.getByText(/in your cart/i).first()).toBeVisible();
  await page.goto("/checkout");
  for (const [role, name, autocomplete, inputMode] of [
    ["textbox", "E-mail", "email", "email"],
    ["combobox", "Country", "shipping country", null],
    ["textbox", "Full name", "shipping name", null],
    ["textbox", "Company optional", "shipping organization", null],
    ["textbox", "Street and number", "shipping address-line1", null],
    ["textbox", "Flat, floor, building optional", "shipping address-line2", null],
    ["textbox", "Postal code", "shipping postal-code", "numeric"],
    ["textbox", "City", "shipping address-level2", null],
    ["textbox", "Phone optional", "shipping tel", null],
  ] as const) {
    const field = page.getByRole(role, { name, exact: true });
    await expect(field, name).toHaveAttribute("autocomplete", autocomplete);
    if (inputMode) await expect(field, name).toHaveAttribute("inputmode", inputMode);
  }
  await expect(page.getByRole("checkbox", { name: "The bill goes to the same address" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /^Remind me by e-mail/ })).not.toBeChecked();
  const country = page.getByRole("combobox", { name: "Country" });
  await country.focus();
  await country.selectOption("US");
  await expect(country).toBeFocused();
  await page.getByRole("combobox", { name: "State" }).selectOption({ label: "New York" });
  await expect(page.getByRole("textbox", { name: "ZIP code" })).toBeVisible();
  await country.selectOption("JP");
  await expect(page.getByRole("combobox", { name: "Prefecture" })).toHaveValue("");
});
