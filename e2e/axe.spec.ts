/** Every page that `npm run shots` looks at breaks no rule that axe can check; ten of them in the dark, too. */
import { SHOTS } from "../scripts/shots-routes";
import { signIn } from "./admin-steps";
import { axe, test } from "./fixtures";

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
    if (as) await signIn(page, as, as.startsWith("ada") ? "/account" : "/admin");
    const address = typeof path === "string" ? path : await path(page);
    await page.goto(address);
    await axe(page);
    if (!IN_THE_DARK.has(name)) return;
    await page.emulateMedia({ colorScheme: "dark" });
    await page.reload();
    await axe(page);
  });
}
