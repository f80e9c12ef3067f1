/** The browser journeys: Playwright against one built shop with a database, sandbox and worker of its own. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/db/embedded";
import { createProgress } from "../launcher/progress";
import { startShop } from "../launcher/shop";
import { accidents } from "./accidents";
import { findChromium } from "./chromium";
import { leaksOf, SECRETS } from "./log-watch";
import { NEED_WHOLE, withSkips } from "./skips";
import { type Count, runNode, type StepContext } from "./step";

type Stats = { expected: number; unexpected: number; flaky: number };
type Tried = { status: string; results: { error?: { message?: string } }[] };
type Suite = {
  title: string;
  suites?: Suite[];
  specs?: { title: string; file: string; ok: boolean; tests: Tried[] }[];
};

/** Starts the shop, runs Playwright, counts its tests, and reads the books they left. A test that passed at its second try counts as passed. */
export async function journeys(context: StepContext): Promise<Count> {
  if (!existsSync(join(context.root, "playwright.config.ts"))) {
    console.log("There is no playwright.config.ts.");
    return { passed: 0, failed: 1 };
  }
  const folder = mkdtempSync(join(tmpdir(), "tallystick-e2e-"));
  // As root, PostgreSQL runs as `nobody`, who must be able to walk through.
  chmodSync(folder, 0o755);
  const report = join(folder, "report.json");
  const browser = await findChromium();
  console.log(`Browser: ${browser.path}`);
  console.log(
    browser.whole
      ? `Journeys that need a whole browser: ${browser.whole}`
      : `Left out, for they need a whole Chromium (apt-get install chromium):\n  ${NEED_WHOLE.join("\n  ")}`,
  );
  // Journeys look at few pages; rendering the others ahead would take the processor from them.
  process.env.WARM ??= "off";
  // So would drawing, for minutes; and each picture that is done expires a page.
  process.env.DRAW ??= "off";
  // Sizes of pictures are drawn at their first request, and nobody keeps these.
  process.env.PICTURE_EFFORT ??= "0";
  const port = await freePort();
  const lines: string[] = [];
  const shop = await startShop({
    root: context.root,
    mode: "start",
    settings: {
      port,
      siteUrl: `http://localhost:${port}`,
      dataDir: join(folder, "data"),
      distDir: process.env.DIST_DIR || ".next",
      databaseUrl: undefined,
      stripe: undefined,
      demo: true,
    },
    progress: createProgress(),
    onLine: (child, line) => {
      lines.push(`${child} ${line}`);
      if (/error|warn/i.test(line)) console.log(`  ${child} │ ${line.slice(0, 400)}`);
    },
    durable: false,
    signal: context.signal,
  });
  try {
    const args = ["test", "--reporter=list,json", ...context.files];
    const code = await runNode(context, "node_modules/@playwright/test/cli.js", args, {
      ...shop.env,
      ...browser.env,
      BASE_URL: shop.url,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
    const counted = counts(report, code, browser.whole ? [] : NEED_WHOLE);
    // One more test: it would break journeys, so it comes after them, and before their books are read.
    const isWhole = context.files.length === 0;
    const broken = isWhole
      ? await accidents(shop.url, join(folder, "data")).catch((error) => [String(error)])
      : [];
    for (const fault of broken) console.log(`  ✗ accident: ${fault}`);
    // Whatever the journeys did, the books must be right: one more test, told with every row that is wrong.
    const doctor = ["scripts/doctor.ts", "--waiting", "--gateway", "--quiet"];
    const env = { ...shop.env, SHOP_GATEWAY: "sandbox" };
    const isRight = (await runNode(context, "scripts/run.mjs", doctor, env)) === 0;
    // And of all that was typed and kept, nothing secret may stand in the log.
    const leaks = leaksOf(lines, Object.fromEntries(SECRETS.map((name) => [name, shop.env[name]])));
    console.log(`Lines of the log that were read for secrets: ${lines.length}`);
    for (const leak of leaks) console.log(`  ✗ the log: ${leak}`);
    const more = [...(isWhole ? [broken.length === 0] : []), isRight, leaks.length === 0];
    return {
      ...counted,
      passed: counted.passed + more.filter(Boolean).length,
      failed: counted.failed + more.filter((holds) => !holds).length,
      failures: [...(counted.failures ?? []), ...broken, ...leaks],
    };
  } finally {
    await shop.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function counts(report: string, code: number, leftOut: readonly string[]): Count {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { stats, suites } = JSON.parse(readFileSync(report, "utf8")) as { stats: Stats; suites: Suite[] };
  if (stats.flaky > 0) console.log(`${stats.flaky} passed only at the second try.`);
  const failed = stats.unexpected || (code === 0 ? 0 : 1);
  const count = { passed: stats.expected + stats.flaky, failed, failures: suites.flatMap(failuresOf) };
  return withSkips(count, [...suites.flatMap(skippedOf), ...leftOut]);
}

function skippedOf(suite: Suite): string[] {
  const own = (suite.specs ?? []).filter(({ tests }) => tests.some(({ status }) => status === "skipped"));
  const told = own.map(({ file, title }) => `e2e/${file} > ${title}`);
  return [...told, ...(suite.suites ?? []).flatMap(skippedOf)];
}

function failuresOf(suite: Suite): string[] {
  const own = (suite.specs ?? []).filter(({ ok }) => !ok);
  const told = own.map(({ title, tests }) => {
    const errors = tests.flatMap(({ results }) => results.map(({ error }) => error?.message ?? ""));
    return `${suite.title} > ${title}\n${errors.join("\n").slice(0, 1_500)}`;
  });
  return [...told, ...(suite.suites ?? []).flatMap(failuresOf)];
}
