/** Every page that `npm run shots` looks at breaks no rule that axe can check, in both themes, and fits a phone. */
import type { Browser, Page } from "@playwright/test";
import { SHOTS } from "../scripts/shots-routes";
import { enterAs } from "./admin-steps";
import { axe, expect, Faults, test } from "./fixtures";

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

const windows = new Map<string, { page: Page; faults: Faults }>();

/**
 * The window that all looks of one person share in this worker: a new one loads every script anew, which takes a third
 * of a look. A guest is a new one each time.
 */
async function windowOf(browser: Browser, person: string) {
  const kept = windows.get(person);
  if (kept) {
    kept.faults.seen.length = 0;
    await kept.page.emulateMedia({ colorScheme: "light", media: "screen" });
    await kept.page.setViewportSize({ width: 1280, height: 900 });
    if (person === GUEST) await kept.page.context().clearCookies();
    return kept;
  }
  const [context, faults] = [await browser.newContext(), new Faults()];
  await faults.watch(context);
  const opened = { page: await context.newPage(), faults };
  windows.set(person, opened);
  if (person !== GUEST) await enterAs(opened.page, person);
  return opened;
}
const GUEST = "";

for (const { name, path, as } of SHOTS) {
  test(`${name} is accessible`, async ({ browser }) => {
    const { page, faults } = await windowOf(browser, as ?? GUEST);
    await page.goto(typeof path === "string" ? path : await path(page));
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
    if (PAPER.has(name)) {
      await page.emulateMedia({ colorScheme: "light", media: "print" });
      await expect(page.locator("main")).toBeVisible();
      await expect(page.locator("nav, button, input, select").filter({ visible: true })).toHaveCount(0);
    }
    // A page that goes on living would take the processor from all journeys after this. Of the same origin: another one
    // has another process, and that would have to read every script anew.
    await page.goto("/robots.txt");
    const seen = faults.seen.filter((fault) => name !== "not-found" || !fault.includes("404"));
    expect(seen, "errors in the browser").toEqual([]);
  });
}
