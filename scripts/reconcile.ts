/** `npm run reconcile`: asks the payment service about everything that is open, heals what it can, and tells what differs. */
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { sql } from "@/db/client";
import { env } from "@/lib/env";
import { type Reconciled, reconcile } from "@/lib/services/payments/reconcile";
import type { Scope } from "@/lib/services/payments/reconcile-round";
import { systemActor } from "@/lib/system";

const USAGE = `Usage: npm run reconcile [-- OPTIONS]

Asks the payment service about open payments and refunds, fees, undelivered events, intents and disputes that the shop
does not know, and settles what it answers. Safe to repeat, also while the shop runs.

  --since 24h   how far back the service's own lists are read: 90m, 24h, 7d (24h when left out)
  --json        for programs
  --help        this

Exit code: 0 nothing differs, 1 something differs that could not be healed, 2 the payment service cannot be asked.`;

export interface Options {
  readonly scope: Scope;
  readonly json: boolean;
}

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440 };
/** The service keeps its events for this long. */
const LONGEST_MINUTES = 30 * 1_440;

/** Reads what was asked for. Throws a sentence for options that there are not; null asks for help. */
export function optionsOf(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      since: { type: "string", default: "24h" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return null;
  const [, count, unit = ""] = /^(\d{1,5})([mhd])$/.exec(values.since) ?? [];
  const sinceMinutes = Number(count) * (MINUTES[unit] ?? Number.NaN);
  if (!(sinceMinutes > 0 && sinceMinutes <= LONGEST_MINUTES))
    throw new Error(`--since ${values.since} is no time back: write 90m, 24h or 7d, at most 30d.`);
  return { scope: { sinceMinutes, afterMinutes: 0 }, json: values.json };
}

/** 0 clean, 1 differences that could not be healed, 2 the gateway did not answer. */
export const exitCodeOf = ({ findings, isComplete }: Reconciled): 0 | 1 | 2 => {
  if (!isComplete) return 2;
  return findings.some(({ differs }) => differs) ? 1 : 0;
};

/** The report for a person: a line for each thing that changed or differs, and the sums. */
export function textOf({ asked, findings, isComplete }: Reconciled): string {
  const rows = findings.map(({ what, order, id, result, differs }) => [
    differs ? "✗" : "✓",
    what,
    order ?? "",
    result,
    id,
  ]);
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(0, ...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ")}`.trimEnd(),
  );
  const wrong = findings.filter(({ differs }) => differs).length;
  const sums = `${asked} asked, ${findings.length - wrong} settled, ${wrong} differ${wrong === 1 ? "s" : ""}`;
  const end = isComplete ? sums : `${sums}; the payment service does not answer, the rest was not asked`;
  return [...lines, ...(lines.length > 0 ? [""] : []), `  ${end}`].join("\n");
}

async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args);
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  // A stopped sandbox leaves its key behind, which must never be sent to Stripe itself.
  if (process.env.SHOP_GATEWAY === "sandbox" && !env.SANDBOX_URL) {
    console.error("The payment sandbox does not run; start the shop first.");
    return 2;
  }
  try {
    const report = await reconcile(systemActor("reconcile"), options.scope);
    console.log(options.json ? JSON.stringify(report, null, 2) : textOf(report));
    return exitCodeOf(report);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const entry = process.argv[1];
if (entry && import.meta.url === pathToFileURL(entry).href) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(`Could not reconcile: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 2;
    },
  );
}
