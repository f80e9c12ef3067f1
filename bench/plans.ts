/** How PostgreSQL did what a bench measured: the plans of its statements, from the server's own log. */
import type { Sql } from "postgres";

/** What the server needs from its start. */
export const PLANS = "session_preload_libraries=auto_explain";
/** Shorter statements decide nothing. */
const WORTH_MS = 1;
const WIDEST = 140;

export interface Read {
  readonly what: string;
  readonly plans: readonly { readonly ms: number; readonly query: string; readonly plan: string }[];
}

/** Runs each once more and answers its plans. `heard` answers what the server has logged since it was asked last. */
export async function readPlans(
  sql: Sql,
  measures: readonly (readonly [what: string, run: () => Promise<unknown>])[],
  heard: () => string,
): Promise<Read[]> {
  for (const setting of ["log_analyze = on", "log_buffers = on", `log_min_duration = ${WORTH_MS}`])
    await sql.unsafe(`alter system set auto_explain.${setting}`);
  await sql`select pg_reload_conf()`;
  await written();
  const reads: Read[] = [];
  for (const [what, run] of measures) {
    heard();
    await run().catch(() => {});
    await written();
    reads.push({ what, plans: plansIn(heard()) });
  }
  return reads;
}

/** As a part of a page in Markdown. */
export function asMarkdown(reads: readonly Read[]): string {
  const blocks = reads.map(({ what, plans }) => {
    const told = plans.map(({ ms, query, plan }) => `-- ${ms.toFixed(1)} ms: ${query}\n${plan}`);
    return `### ${what}\n\n${told.length > 0 ? `\`\`\`\n${told.join("\n\n")}\n\`\`\`` : `No statement took ${WORTH_MS} ms.`}\n`;
  });
  return blocks.join("\n");
}

/** The server writes a plan when its statement has ended, a moment after the answer. */
const written = () => new Promise((next) => setTimeout(next, 300));

function plansIn(log: string): Read["plans"] {
  return log.split(/^(?=\S)/m).flatMap((entry) => {
    const [, ms, query = "", plan = ""] =
      /duration: ([\d.]+) ms {2}plan:\n\tQuery Text: ([\s\S]*?)\n\t((?:\w[^\n]* {2}\(cost=|Query Parameters)[\s\S]*)/.exec(
        entry,
      ) ?? [];
    if (!ms) return [];
    const lines = withoutIdle(plan.replace(/^\t/gm, "").split("\n"))
      .filter((line) => /actual time|Index Cond:|Filter:/.test(line))
      .filter((line) => !/Query Parameters|on settings\b|Filter: \(id = 1\)/.test(line))
      .map((line) => line.replace(/ {2}\(cost=\S+ rows=\d+ width=\d+\)/, "").slice(0, WIDEST));
    return [
      { ms: Number(ms), query: query.replace(/\s+/g, " ").trim().slice(0, WIDEST), plan: lines.join("\n") },
    ];
  });
}

/** Most partitions of a month are never asked: those parts of a plan say nothing. */
function withoutIdle(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let idle = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const depth = line.search(/\S/);
    if (depth > idle) continue;
    idle = /\(never executed\)/.test(line) ? depth : Number.POSITIVE_INFINITY;
    if (idle !== depth) kept.push(line);
  }
  return kept;
}
