/** Finds a Chromium to drive: the one that is named, Playwright's own, the system's, the one from npm. */
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Nothing but the pages under test goes over the network. */
export const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** The path of the browser, or undefined for Playwright's own. */
export async function browserPath(): Promise<string | undefined> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  if (existsSync(chromium.executablePath())) return undefined;
  const system = SYSTEM.find((path) => existsSync(path));
  if (system) return system;
  const { default: packed } = await import("@sparticuz/chromium");
  return packed.executablePath();
}
