/** What a page weighs as it goes over the wire, and how much it asks for: at load, and in six idle seconds after it. */
import type { Browser } from "@playwright/test";

const KINDS = { Document: "html", Script: "js", Stylesheet: "css", Font: "fonts", Image: "images" } as const;
type Kind = (typeof KINDS)[keyof typeof KINDS] | "other";

export interface WeightLine {
  readonly page: string;
  readonly window: "phone" | "desktop";
  readonly requestsAtLoad: number;
  readonly requestsAfterIdle: number;
  /** Bytes at load, as transferred. */
  readonly bytes: Readonly<Record<Kind, number>>;
  /** Bytes after the idle seconds, all kinds. */
  readonly bytesAfterIdle: number;
}

export const WINDOWS = {
  phone: { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
} as const;

const IDLE_MS = 6_000;

/** Opens a page with an empty cache and counts. */
export async function weigh(
  browser: Browser,
  url: string,
  page: string,
  window: keyof typeof WINDOWS,
): Promise<WeightLine> {
  const context = await browser.newContext(WINDOWS[window]);
  const tab = await context.newPage();
  const network = await context.newCDPSession(tab);
  await network.send("Network.enable");
  const kinds = new Map<string, Kind>();
  const bytes: Record<Kind, number> = { html: 0, js: 0, css: 0, fonts: 0, images: 0, other: 0 };
  let requests = 0;
  network.on("Network.requestWillBeSent", ({ requestId, type, request }) => {
    // A data: picture is part of the page.
    if (!request.url.startsWith("http")) return;
    requests += 1;
    kinds.set(requestId, KINDS[type as keyof typeof KINDS] ?? "other");
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind) bytes[kind] += encodedDataLength;
  });
  await tab.goto(url, { waitUntil: "load" });
  await tab.waitForTimeout(500);
  const atLoad = { requests, bytes: { ...bytes } };
  await tab.waitForTimeout(IDLE_MS);
  await context.close();
  return {
    page,
    window,
    requestsAtLoad: atLoad.requests,
    requestsAfterIdle: requests,
    bytes: atLoad.bytes,
    bytesAfterIdle: Object.values(bytes).reduce((sum, one) => sum + one, 0),
  };
}
