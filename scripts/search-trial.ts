/** `npm run search:try -- QUERIES.csv`: runs a list of searches against this shop and tells what each finds. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parse } from "csv-parse/sync";
import { sql } from "@/db/client";
import { EVERYTHING } from "@/lib/domain/search";
import { runSearch } from "@/lib/queries/catalog/search-run";

const HELP = `Usage: npm run search:try -- QUERIES.csv [--out TABLE.tsv]

Runs each search of a file against the shop's own products, as the search page does, and counts what was found: as
typed, with a word corrected, with some of the words, nothing. One search a line, or a table with a column "query".
Nothing is written to the shop, and nothing is logged as a search.

  --out FILE   one line for each search: how it was read, how many it found, the first three
  --help       this

Exit code: 0 all were run, 1 the file cannot be read.`;

type Line = { query: string; kind: string; shown: string; total: number; first: string[] };

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  const [file] = positionals;
  if (values.help || !file) {
    console.log(HELP);
    if (!values.help) process.exitCode = 1;
    return;
  }
  const lines: Line[] = [];
  for (const query of queriesOf(readFileSync(file, "utf8"))) {
    const { cards, total, reading } = await runSearch({ ...EVERYTHING, q: query }, { min: null, max: null });
    const first = cards.slice(0, 3).map(({ name }) => name);
    lines.push({ query, kind: reading.kind, shown: reading.shown, total, first });
  }
  const counts: Record<string, number> = {};
  for (const { kind } of lines) counts[kind] = (counts[kind] ?? 0) + 1;
  console.table(counts);
  const table = lines.map(({ query, kind, shown, total, first }) =>
    [query, kind, shown === query ? "" : shown, total, ...first].join("\t"),
  );
  if (values.out) writeFileSync(values.out, `${table.join("\n")}\n`);
  else console.log(table.join("\n"));
}

/** The column "query" of a table, else each line. */
function queriesOf(text: string): string[] {
  const delimiter = text.slice(0, text.indexOf("\n")).includes("\t") ? "\t" : ",";
  const rows = parse(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
  }) as string[][];
  const at = rows[0]?.findIndex((cell) => cell.trim().toLowerCase() === "query") ?? -1;
  const queries = at < 0 ? text.split(/\r?\n/) : rows.slice(1).map((row) => row[at] ?? "");
  return queries.map((query) => query.trim()).filter(Boolean);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await sql.end({ timeout: 1 });
