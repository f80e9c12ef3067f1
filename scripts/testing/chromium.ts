/** Finds a Chromium for the journeys: the one asked for, Playwright's, the system's, or the one inside an npm package. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

export type Browser = { path: string | undefined; env: Record<string, string> };

const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The first that is there; its environment is for whoever starts it. Throws when the last resort fails too. */
export async function findChromium(): Promise<Browser> {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) return at(asked);
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return { path: undefined, env: {} };
  const system = SYSTEM.find((path) => existsSync(path));
  return system ? at(system) : packed();
}

function at(path: string, env: Record<string, string> = {}): Browser {
  return { path, env: { ...env, CHROMIUM_PATH: path } };
}

async function packed(): Promise<Browser> {
  const { default: sparticuz } = await import("@sparticuz/chromium");
  const path = await sparticuz.executablePath();
  const missing = spawnSync("ldd", [path], { encoding: "utf8" }).stdout?.includes("not found");
  return at(path, missing ? { LD_LIBRARY_PATH: libraries() } : {});
}

// The package brings the libraries that a bare system lacks (nss, nspr) as one archive of its own.
function libraries(): string {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const archive = ["../bin", "../../bin", "./bin"]
    .map((folder) => join(dirname(entry), folder, "al2023.tar.br"))
    .find((path) => existsSync(path));
  if (!archive)
    throw new Error("@sparticuz/chromium has no al2023.tar.br: install Chromium or set CHROMIUM_PATH.");
  const target = join(tmpdir(), `tallystick-chromium-${userInfo().username}`);
  mkdirSync(target, { recursive: true });
  const tar = join(target, "libraries.tar");
  writeFileSync(tar, brotliDecompressSync(readFileSync(archive)));
  execFileSync("tar", ["-xf", tar, "-C", target]);
  return join(target, "lib");
}
