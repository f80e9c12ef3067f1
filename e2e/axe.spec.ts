/** Every page that `npm run shots` looks at breaks no rule that axe can check; ten of them in the dark, too. */
import { SHOTS } from "../scripts/shots-routes";
import { enterAs } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

const IN_THE_DARK = new Set([
  "home",
  "category",
  "product",
  "search",
  "cart",
  "checkout-address",
  "order-by-cash",
  "sign-in",
  "admin",
  "admin-order",
]);

for (const { name, path, as } of SHOTS) {
  test(`${name} is accessible`, async ({ page, faults }) => {
    if (name === "not-found") faults.allow(/404/);
    if (as) await enterAs(page, as);
    const address = typeof path === "string" ? path : await path(page);
    await page.goto(address);
    if (as) await expect(page, "the session of this walk goes on").not.toHaveURL(/\/sign-in/);
    await axe(page);
    if (!IN_THE_DARK.has(name)) return;
    await page.emulateMedia({ colorScheme: "dark" });
    await page.reload();
    await axe(page);
  });
}
