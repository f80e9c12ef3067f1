/** Finds a Chromium to drive: the one that is named, Playwright's own, the system's, the one from npm. */
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const SYSTEM_SHELL = "/usr/bin/chromium-headless-shell";

/** Nothing but the pages under test goes over the network. */
export const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** The path of a browser for pictures and measurements: a whole one where there is one. */
export async function browserPath(): Promise<string> {
  return wholePath() ?? shellPath();
}

/** A whole Chromium: only that keeps pages for Back and counts requests as people's browsers do. */
export function wholePath(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  return [chromium.executablePath(), ...SYSTEM].find((path) => existsSync(path));
}

/** The lean Chromium that never has a window: it opens a page in half the time. Without one, the whole one. */
export async function shellPath(): Promise<string> {
  if (process.env.CHROMIUM_SHELL_PATH) return process.env.CHROMIUM_SHELL_PATH;
  const whole = wholePath();
  if (!process.env.CHROMIUM_PATH && existsSync(SYSTEM_SHELL)) return SYSTEM_SHELL;
  if (whole) return whole;
  const { default: packed } = await import("@sparticuz/chromium");
  return packed.executablePath();
}
