/** Lighthouse on a phone's network and processor: its simulated score, and the vitals with both really slowed down. */
import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";
import { freePort } from "@/db/embedded";
import { BROWSER_ARGS, browserPath } from "@/e2e/browser";
import { median } from "../measure";

export interface LighthouseLine {
  readonly page: string;
  readonly how: "simulated" | "slowed";
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly seo: number;
  readonly lcpMs: number;
  readonly fcpMs: number;
  readonly tbtMs: number;
  readonly cls: number;
  /** Audits of the other three categories that did not pass. */
  readonly failed: readonly string[];
}

const TRIES = 3;

/** Medians of `runs` for each page; `cookie` makes cart and checkout those of a shopper with something in the cart. */
export async function runLighthouse(
  pages: Readonly<Record<string, string>>,
  { runs, cookie }: { runs: number; cookie: string },
): Promise<LighthouseLine[]> {
  const lines: LighthouseLine[] = [];
  for (const [page, url] of Object.entries(pages))
    for (const how of ["simulated", "slowed"] as const) {
      const all: LighthouseLine[] = [];
      // The slowed runs tell of vitals, for which one less will do.
      for (let run = 0; run < (how === "simulated" ? runs : Math.max(1, runs - 2)); run += 1)
        all.push(await inNewBrowser(page, url, how, cookie));
      const line = middle(all);
      lines.push(line);
      console.error(
        `  lighthouse ${page}, ${how}: ${line.performance}/${line.accessibility}/${line.bestPractices}/${line.seo}, LCP ${Math.round(line.lcpMs)} ms, CLS ${line.cls.toFixed(3)}, TBT ${Math.round(line.tbtMs)} ms ${line.failed.join(" ")}`,
      );
    }
  return lines;
}

/** A trace now and then lacks its beginning, the more so in a browser that was measured before: then once more. */
async function inNewBrowser(page: string, url: string, how: LighthouseLine["how"], cookie: string) {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const browser = await chromium.launch({
      executablePath: await browserPath(),
      args: [...BROWSER_ARGS, `--remote-debugging-port=${port}`],
    });
    try {
      return await once(page, url, how, port, cookie);
    } catch (error) {
      if (tries === TRIES) throw error;
    } finally {
      await browser.close();
    }
  }
}

async function once(
  page: string,
  url: string,
  how: LighthouseLine["how"],
  port: number,
  cookie: string,
): Promise<LighthouseLine> {
  const result = await lighthouse(
    url,
    { port, output: "json", logLevel: "error", extraHeaders: { Cookie: cookie } },
    {
      extends: "lighthouse:default",
      settings: { formFactor: "mobile", throttlingMethod: how === "slowed" ? "devtools" : "simulate" },
    },
  );
  if (!result || result.lhr.runtimeError)
    throw new Error(`${url}: ${result?.lhr.runtimeError?.message ?? "no result"}`);
  const { categories, audits } = result.lhr;
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  const value = (name: string) => audits[name]?.numericValue ?? Number.NaN;
  const failed = ["accessibility", "best-practices", "seo"].flatMap((name) =>
    (categories[name]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && audits[id]?.score !== null && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => id),
  );
  return {
    page,
    how,
    performance: score("performance"),
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
    seo: score("seo"),
    lcpMs: value("largest-contentful-paint"),
    fcpMs: value("first-contentful-paint"),
    tbtMs: value("total-blocking-time"),
    cls: value("cumulative-layout-shift"),
    failed,
  };
}

function middle(all: readonly LighthouseLine[]): LighthouseLine {
  const [first] = all;
  if (!first) throw new Error("no run");
  const of = (
    key: "performance" | "accessibility" | "bestPractices" | "seo" | "lcpMs" | "fcpMs" | "tbtMs" | "cls",
  ) => median(all.map((one) => one[key]));
  return {
    ...first,
    performance: of("performance"),
    accessibility: of("accessibility"),
    bestPractices: of("bestPractices"),
    seo: of("seo"),
    lcpMs: of("lcpMs"),
    fcpMs: of("fcpMs"),
    tbtMs: of("tbtMs"),
    cls: of("cls"),
  };
}
