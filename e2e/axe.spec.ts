/** Every page that `npm run shots` looks at breaks no rule that axe can check, in both themes, and fits a phone. */
import { SHOTS } from "../scripts/shots-routes";
import { enterAs } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

/** What people print: nothing on it is to be pressed. */
const PAPER = new Set(["order-delivered", "order-invoice", "admin-order", "admin-invoice", "admin-slips"]);

/** Where most forms are folded away until somebody needs them. */
const FOLDED = new Set([
  "admin-order",
  "admin-order-refunds",
  "admin-customers",
  "admin-statement",
  "admin-books",
]);

for (const { name, path, as } of SHOTS) {
  test(`${name} is accessible`, async ({ page, faults }) => {
    if (name === "not-found") faults.allow(/404/);
    if (as) await enterAs(page, as);
    const address = typeof path === "string" ? path : await path(page);
    await page.goto(address);
    if (as) await expect(page, "the session of this walk goes on").not.toHaveURL(/\/sign-in/);
    await axe(page);
    await page.emulateMedia({ colorScheme: "dark" });
    // Nothing else changes with the theme.
    await axe(page, ["color-contrast"]);
    await page.setViewportSize({ width: 360, height: 740 });
    if (FOLDED.has(name)) {
      await page.locator("main details").evaluateAll((all) => {
        for (const fold of all) (fold as HTMLDetailsElement).open = true;
      });
      await axe(page);
    }
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
    if (!PAPER.has(name)) return;
    await page.emulateMedia({ colorScheme: "light", media: "print" });
    await expect(page.locator("main")).toBeVisible();
    await expect(page.locator("nav, button, input, select").filter({ visible: true })).toHaveCount(0);
  });
}
