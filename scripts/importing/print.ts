/** What `npm run import` shows at its end: a table of rows by outcome, what went wrong, and what was noticed. */
import type { Report } from "@/lib/services/imports/report";

const SHOWN = 30;
const OUTCOMES = ["created", "updated", "unchanged", "skipped", "failed"] as const;

interface How {
  readonly dryRun: boolean;
  readonly shopRuns: boolean;
  readonly what?: "products" | "customers" | "orders";
}

export function print(report: Report, { dryRun, shopRuns, what = "products" }: How): void {
  const lines = ["", `  ${"".padEnd(12)}${what.padStart(10)}${"rows".padStart(10)}`];
  for (const outcome of OUTCOMES) lines.push(row(outcome, report.products[outcome], report.rows[outcome]));
  const all = OUTCOMES.reduce((sum, outcome) => sum + report.products[outcome], 0);
  lines.push(row("in the file", all, report.rowsDone));
  lines.push("");
  if (what === "products")
    lines.push(
      `  ${count(report.variants, "variant")}, ${count(report.pictures, "new picture")}, sold by ${report.ownerName}.`,
    );
  else if (report.importId) lines.push(`  To take it back: npm run import -- --undo ${report.importId}`);
  for (const { lines: at, handle, outcome, message } of report.problems.slice(0, SHOWN))
    lines.push(
      `  ${outcome === "failed" ? "✗" : "–"} ${place(at)}${handle && what !== "customers" ? ` (${handle})` : ""}: ${message}`,
    );
  lines.push(...more(report.problems.length));
  const { remarks } = report;
  for (const { text, lines: at } of remarks.slice(0, SHOWN)) lines.push(`  · ${place(at)}: ${text}`);
  lines.push(...more(remarks.length));
  if (dryRun) lines.push("", "  This was a dry run: nothing was kept.");
  else if (what === "products" && !shopRuns && report.products.created + report.products.updated > 0)
    lines.push("", "  The shop shows it at its next start.");
  console.log(`${lines.join("\n")}\n`);
}

const row = (name: string, products: number, rows: number): string =>
  `  ${name.padEnd(12)}${String(products).padStart(10)}${String(rows).padStart(10)}`;

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

function place(lines: string): string {
  const shown = lines.length > 60 ? `${lines.slice(0, 57).replace(/,[^,]*$/, "")}, …` : lines;
  return /[-,]/.test(lines) ? `lines ${shown}` : `line ${shown}`;
}

function more(all: number): string[] {
  return all > SHOWN ? [`  … and ${all - SHOWN} more; the table import_rows has them all.`] : [];
}
