/** The `test` of every journey: a page that breaks the script policy, logs an error or throws fails it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  type BrowserContext,
  test as base,
  type Locator,
  type Page,
  expect as patient,
} from "@playwright/test";
import type axeCore from "axe-core";
import { LOOK, markLooks } from "./looks";

/** What went wrong in the pages of one test, and what the test says may go wrong. */
export class Faults {
  readonly seen: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** Names an error that belongs to the journey, such as the 404 of a page that is not there. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  async watch(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy violated: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    context.on("console", (message) => {
      // A sandboxed frame (a mail in the back office) refuses our own watcher above.
      if (message.text().startsWith("Blocked script execution in 'about:srcdoc'")) return;
      if (message.type() === "error") this.seen.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.seen.push(`page error: ${error.error().message}`));
    context.on("response", (response) => {
      if (response.status() >= 500) this.seen.push(`answered ${response.status()}: ${response.url()}`);
    });
  }

  get unexpected(): string[] {
    return this.seen.filter((fault) => !this.#allowed.some((pattern) => pattern.test(fault)));
  }
}

type Fixtures = {
  faults: Faults;
  /** A page of a browser with scripts off. */
  plainPage: Page;
  /** A second visitor: another context, watched like the first. */
  newVisitor: () => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  faults: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the first argument
    async ({}, use) => {
      const faults = new Faults();
      await use(faults);
      expect(faults.unexpected, "errors in the browser").toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, faults }, use) => {
    await faults.watch(context);
    await use(context);
  },
  plainPage: async ({ browser, faults, contextOptions }, use) => {
    const context = await browser.newContext({ ...contextOptions, javaScriptEnabled: false });
    await faults.watch(context);
    await use(await context.newPage());
    await context.close();
  },
  newVisitor: async ({ browser, faults, contextOptions }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext(contextOptions);
      opened.push(context);
      await faults.watch(context);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules that measure where everything lies. */
const MEASURING = ["color-contrast", "target-size"];
/** Kinds of things that passed in this worker, by the rules that they passed. */
const passed = new Map<string, number[]>();

/**
 * Asserts that a page breaks no rule of WCAG 2.2 AA that a machine can check; of only these that measure, where they
 * are named. What measures looks at one thing of each kind.
 */
export async function axe(page: Page, measuring?: string[]): Promise<void> {
  // What lies under a bar that stays in sight is a matter of how far one has scrolled.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  // What is on its way to another colour has arrived.
  await page.evaluate(() => {
    for (const moved of document.getAnimations()) if (moved instanceof CSSTransition) moved.finish();
  });
  // Reading it takes a tenth of a second: once for each page.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const rules = measuring ?? MEASURING;
  const known = passed.get(String(rules)) ?? [];
  const fresh = await page.evaluate(markLooks, { mark: LOOK, known });
  const asked = measuring ? ONLY(measuring) : fresh.length > 0 ? ALL : BUT_MEASURING;
  const violations = measuring && fresh.length === 0 ? [] : await violationsOf(page, asked);
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, why }) => `    ${html.slice(0, 200)}\n    ${why}`).join("\n")}`,
  );
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
  passed.set(String(rules), [...known, ...fresh]);
}

/** Its measuring rules find only what is marked. */
const AXE = `${readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")}
axe.configure(${JSON.stringify({ rules: MEASURING.map((id) => ({ id, selector: `[${LOOK}]` })) })});`;
/** A sandboxed frame runs no scripts: axe would wait for it for ever. */
const WHOLE = { exclude: [['iframe[sandbox=""]']] };
const ALL: axeCore.RunOptions = { runOnly: { type: "tag", values: TAGS } };
const BUT_MEASURING: axeCore.RunOptions = {
  ...ALL,
  rules: Object.fromEntries(MEASURING.map((rule) => [rule, { enabled: false }])),
};
const ONLY = (values: string[]): axeCore.RunOptions => ({ runOnly: { type: "rule", values } });
/** What passed is not told: it is most of the work. For a rule that is not among ours it would fetch every style sheet again. */
const LEAN: axeCore.RunOptions = { resultTypes: ["violations"], preload: false };

async function violationsOf(page: Page, options: axeCore.RunOptions) {
  return page.evaluate(
    async ({ where, options }) => {
      const { axe } = globalThis as unknown as { axe: typeof axeCore };
      const { violations } = await axe.run(where, options);
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map(({ html, any, failureSummary }) => ({
          html,
          why: any[0]?.message ?? failureSummary ?? "",
        })),
      }));
    },
    { where: WHOLE, options: { ...options, ...LEAN } },
  );
}

/**
 * Playwright writes down the whole page, names and all, at each look that does not find yet what it waits for: a fifth
 * of a journey's time in the browser. So it is waited for; where it does not come, one look tells what is there.
 */
export const expect = patient.extend({
  async toBeVisible(thing: Locator, options?: { timeout?: number; visible?: boolean }) {
    const state = (options?.visible ?? true) === this.isNot ? "hidden" : "visible";
    const timeout = options?.timeout ?? this.timeout;
    const asked = this.isNot ? patient(thing).not : patient(thing);
    if (!(await came(thing.waitFor({ state, timeout }))))
      await look(asked.toBeVisible({ ...options, timeout: 1 }), timeout);
    return { pass: !this.isNot, message: () => "" };
  },
  async toHaveURL(page: Page, address: string | RegExp, options?: { timeout?: number }) {
    const asked = this.isNot ? patient(page).not : patient(page);
    const timeout = options?.timeout ?? this.timeout;
    if (this.isNot || typeof address === "string") await asked.toHaveURL(address, options);
    else if (!(await came(page.waitForURL(address, { waitUntil: "commit", timeout }))))
      await look(asked.toHaveURL(address, { timeout: 1 }), timeout);
    return { pass: !this.isNot, message: () => "" };
  },
});

const came = (wait: Promise<void>): Promise<boolean> =>
  wait.then(
    () => true,
    () => false,
  );

/** Its failure names the time that was really waited. */
const look = (asked: Promise<void>, timeout: number): Promise<void> =>
  asked.catch((error: Error) => {
    error.message = error.message.replace(/\b1ms\b/g, `${timeout}ms`);
    throw error;
  });
