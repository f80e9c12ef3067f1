/** Looks at pages before shoppers do, so that nobody waits for the first rendering: after a start, and after a change. */
import { env } from "./env";
import { log } from "./log";

/** One page and its picture after the other: shoppers who are there already come first. */
const TIMEOUT_MS = 15_000;
/** Pages of a start: the front page, the categories it leads to, and the products that they show. */
const MOST = 150;
/** An instance reads ten times a second what expired (lib/caching/shared.mjs): looked at before, it would show the old page. */
const HEARD_MS = 500;
/** The widths at which phones and desktops show a product's first picture. */
const FIRST_PICTURE = /^\/media\/(?:768|960)w\//;

/** Whether pages are looked at ahead; tests and benches turn it off. */
const isOn = () => env.WARM === "on";

/** The web server of this process or, for a worker, of this machine. */
const here = () => `http://127.0.0.1:${env.PORT}`;

/** Looks at the front page and follows its links until `MOST` pages are there. For a server that has just started. */
export async function warmShop(): Promise<void> {
  if (!isOn() || !(await isUp())) return;
  const begun = performance.now();
  const seen = new Set(["/"]);
  for (const path of seen) {
    const html = await view(here(), path);
    // Products lead to their variants, which are many and rarely come first.
    if (path.startsWith("/p/")) continue;
    for (const found of linksOf(html)) if (seen.size < MOST) seen.add(found);
  }
  log.info("The pages are warm.", {
    pages: seen.size,
    seconds: Math.round((performance.now() - begun) / 1000),
  });
}

/** Looks at these pages, from the worker; what fails is left to the first shopper. */
export async function warmPages(paths: readonly string[]): Promise<void> {
  if (!isOn()) return;
  const origin = env.WEB_URL ? new URL(env.WEB_URL).origin : here();
  if (env.REDIS_URL) await new Promise((next) => setTimeout(next, HEARD_MS));
  for (const path of paths) await view(origin, path);
}

/** The html of a page, or nothing where it did not come. Its first picture is made as well. */
async function view(origin: string, path: string): Promise<string> {
  const html = await text(origin + path);
  for (const picture of firstPicture(html)) await text(origin + picture);
  return html;
}

async function text(address: string): Promise<string> {
  try {
    const answer = await fetch(address, {
      headers: { accept: "text/html,image/avif,*/*" },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.headers.get("content-type")?.startsWith("text/html")) return await answer.text();
    await answer.arrayBuffer();
  } catch {
    // Nobody waits for it.
  }
  return "";
}

/** Addresses of categories and products on a page, each once. */
export function linksOf(html: string): string[] {
  return [...new Set([...html.matchAll(/href="(\/[cp]\/[a-z0-9/-]+)"/g)].map(([, path = ""]) => path))];
}

/** The first picture of a page in the widths that most windows ask for. */
export function firstPicture(html: string): string[] {
  const set = /<link rel="preload" as="image" imageSrcSet="([^"]+)"/.exec(html)?.[1] ?? "";
  return set
    .split(", ")
    .map((one) => one.split(" ")[0] ?? "")
    .filter((address) => FIRST_PICTURE.test(address));
}

/** The server listens a moment after its start-up code ran. */
async function isUp(): Promise<boolean> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await fetch(`${here()}/api/health/live`).catch(() => undefined);
    if (answer?.ok) return true;
    await new Promise((next) => setTimeout(next, 500));
  }
  return false;
}
