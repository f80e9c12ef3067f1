/** Tells what doctor found: for people a line per check, for programs JSON with every row. */
import { type Invariant, invariants } from "@/db/books/check";
import type { Compared } from "./gateway";
import type { Stored } from "./pictures";
import type { Result } from "./read";

/** Rows of one check that are told in text; JSON has them all. */
const SHOWN = 20;

export interface Report {
  readonly results: readonly Result[];
  /** Checks of waiting that were left out because the shop does not run. */
  readonly unjudged: number;
  readonly gateway: Compared;
  readonly pictures: Stored;
  /** What is not wrong, but will be a nuisance: sentences. */
  readonly warnings: readonly string[];
  readonly ms: number;
}

/** How many rows break something. */
export const countOf = ({ results, gateway, pictures }: Report): number =>
  results.reduce((sum, { rows }) => sum + rows.length, gateway.rows.length + pictures.rows.length);

/** The report for people, without colours. */
export function textOf(report: Report): string {
  const lines: string[] = [];
  for (const [invariant, says] of Object.entries(invariants) as [Invariant, string][]) {
    const own = report.results.filter(({ check }) => check.invariant === invariant);
    if (invariant === "I12") lines.push(...gatewayLines(says, report.gateway));
    if (own.length === 0) continue;
    const broken = own.reduce((sum, { rows }) => sum + rows.length, 0);
    const ms = own.reduce((sum, result) => sum + result.ms, 0);
    lines.push(`${broken ? "✗" : "✓"} ${invariant.padEnd(4)} ${says} · ${own.length} checks, ${ms} ms`);
    for (const { check, rows } of own.filter(({ rows }) => rows.length > 0)) {
      lines.push(`    ${check.title}: ${rows.length} not`, ...listed(rows));
    }
  }
  lines.push(...pictureLines(report.pictures));
  lines.push(...report.warnings.map((warning) => `! ${warning}`));
  const count = countOf(report);
  if (report.unjudged > 0)
    lines.push(
      `– ${report.unjudged} checks of what waits were left out: the shop does not run, so everything may wait.`,
    );
  lines.push(
    "",
    count === 0
      ? `The books are right (${seconds(report.ms)}).`
      : `${count} ${count === 1 ? "row is" : "rows are"} wrong (${seconds(report.ms)}). What to do: docs/doctor.md`,
  );
  return lines.join("\n");
}

/** The report for programs; `version` counts changes of this form. */
export function jsonOf(report: Report): string {
  return JSON.stringify(
    {
      version: 1,
      clean: countOf(report) === 0,
      findings: countOf(report),
      ms: report.ms,
      unjudged: report.unjudged,
      checks: report.results.map(({ check: { invariant, title, reads }, rows, ms }) => ({
        invariant,
        title,
        reads,
        ms,
        rows,
      })),
      gateway: report.gateway,
      pictures: report.pictures,
      warnings: report.warnings,
    },
    null,
    2,
  );
}

function gatewayLines(says: string, { compared, why, rows, intents, ms }: Compared): string[] {
  if (!compared) return [`– I12  ${says} · not compared: ${why}`];
  const told = `${rows.length ? "✗" : "✓"} I12  ${says} · ${intents} intents, ${ms} ms`;
  return [told, ...listed(rows)];
}

function pictureLines({ compared, why, rows, pictures, ms }: Stored): string[] {
  const says = "Pictures that products name are stored";
  if (!compared) return why ? [`– Also ${says} · not looked at: ${why}`] : [];
  return [`${rows.length ? "✗" : "✓"} Also ${says} · ${pictures} pictures, ${ms} ms`, ...listed(rows)];
}

function listed(rows: Result["rows"]): string[] {
  const shown = rows.slice(0, SHOWN).map(({ subject, id, message }) => `      ${subject} ${id}: ${message}`);
  const more = rows.length - shown.length;
  return more > 0 ? [...shown, `      … and ${more} more (all with --json)`] : shown;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
