import { defineConfig, devices } from "@playwright/test";
import { BROWSER_ARGS, shellPath, wholePath } from "./e2e/browser";

const executablePath = await shellPath();
const whole = wholePath();
const DESKTOP = { viewport: { width: 1280, height: 900 } };
// Nothing here shows through a graphics card: imitating one takes a tenth of the processor.
const SHELL_ARGS = [...BROWSER_ARGS, "--disable-gpu", "--disable-gpu-compositing"];
// Drawing pictures takes a fifth more: only journeys for which they matter load them.
const WITH_PICTURES =
  /\/(?:admin-half-typed|admin-new-product|admin-product-\w+|alerts|catalog|checkout-card|csp|machines|page-change|policy-walk|prerender|product|security-people|shell|speed|stored-script|stored-script-office)\.spec\.ts/;

// The server is started by scripts/test.mjs, with a database of its own; BASE_URL says where.
export default defineConfig({
  testDir: "./e2e",
  outputDir: "./test-results",
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 8_000 },
  reporter: process.env.CI ? [["list"], ["html", { open: "never" }]] : [["list"]],
  use: {
    baseURL: process.env.BASE_URL ?? "http://localhost:3000",
    launchOptions: { executablePath, args: SHELL_ARGS },
    // It takes a fifth of all time, and only a failure that is looked at needs it: TRACE=on.
    trace: process.env.TRACE === "on" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    // What a worker fetches no journey can watch; e2e/machines.spec.ts lets it in.
    serviceWorkers: "block",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  },
  projects: [
    {
      name: "without pictures",
      testIgnore: WITH_PICTURES,
      grepInvert: /@phone|@whole/,
      use: {
        ...DESKTOP,
        launchOptions: { executablePath, args: [...SHELL_ARGS, "--blink-settings=imagesEnabled=false"] },
      },
    },
    { name: "desktop", testMatch: WITH_PICTURES, grepInvert: /@phone|@whole/, use: DESKTOP },
    { name: "phone", grep: /@phone/, use: { ...devices["Pixel 7"] } },
    ...(whole
      ? [
          {
            name: "whole",
            grep: /@whole/,
            use: { ...DESKTOP, launchOptions: { executablePath: whole, args: BROWSER_ARGS } },
          },
        ]
      : []),
  ],
});
