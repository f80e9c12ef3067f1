/** bench/search: what a search costs at 1,000, 10,000 and 100,000 products, in PostgreSQL and in the app. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";

export interface SearchLine {
  readonly products: number;
  readonly what: string;
  /** Of different searches, each made several times. */
  readonly searches: number;
  /** Products found, on average. */
  readonly found: number;
  /** Milliseconds of processor time for one search. */
  readonly postgresMs: number;
  readonly appMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Runs it, prints its table and answers the figures. */
export async function runSearch({ seconds, sizes }: { seconds: number; sizes: readonly number[] }) {
  const dataDir = mkdtempSync(join(tmpdir(), "bench-search-"));
  const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), durable: false });
  try {
    await migrate(postgres.url);
    const lines: SearchLine[] = [];
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "bench/search/inside.ts", JSON.stringify({ seconds, sizes })],
      {
        env: {
          ...process.env,
          DATABASE_URL: postgres.url,
          DATABASE_POOL: "1",
          DATABASE_PATIENCE_MS: "120000",
          LOG_LEVEL: "error",
          NODE_ENV: "production",
        },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    for await (const text of createInterface({ input: child.stdout }))
      lines.push(JSON.parse(text) as SearchLine);
    const code = child.exitCode ?? (await new Promise<number | null>((done) => child.once("exit", done)));
    if (code !== 0) throw new Error(`the searching ended with ${code}`);
    console.table(
      lines.map(({ products, what, found, postgresMs, appMs, p50Ms, p95Ms }) => ({
        products,
        what,
        found: Math.round(found),
        "CPU ms": round(postgresMs + appMs),
        "of it PostgreSQL": round(postgresMs),
        "p50 ms": round(p50Ms),
        "p95 ms": round(p95Ms),
      })),
    );
    return { lines };
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const round = (value: number) => Number(value.toPrecision(3));
