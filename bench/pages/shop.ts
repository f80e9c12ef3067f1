/** The built demo shop on a database and a data folder of its own, with its pictures drawn, for as long as a bench takes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { freePort } from "@/db/embedded";
import { ROOT } from "@/scripts/install.mjs";
import { whenOrphaned } from "@/scripts/launcher/orphaned";
import { createProgress } from "@/scripts/launcher/progress";
import { startShop } from "@/scripts/launcher/shop";
import { pidOf } from "../process";

export interface BenchShop {
  readonly url: string;
  readonly sql: postgres.Sql;
  /** Where the payment sandbox answers. */
  readonly sandboxUrl: string;
  /** The web server's process, now: after a restart it is another. */
  pid(): number;
  /** A web server that has looked at nothing yet. Its supervisor starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startBenchShop(): Promise<BenchShop> {
  // The first view of a page is what the cold part measures.
  process.env.WARM = "off";
  const folder = mkdtempSync(join(tmpdir(), "bench-shop-"));
  const dataDir = join(folder, "data");
  const port = await freePort();
  const siteUrl = `http://localhost:${port}`;
  const shop = await startShop({
    root: ROOT,
    mode: "start",
    settings: {
      port,
      siteUrl,
      dataDir,
      distDir: process.env.DIST_DIR || ".next",
      databaseUrl: undefined,
      stripe: undefined,
      demo: true,
    },
    progress: createProgress(),
    onLine: () => {},
  });
  const sql = postgres(shop.database.url, { max: 1, onnotice: () => {} });
  const pid = () => pidOf(dataDir, "web");
  // Its processes have groups of their own: whoever stops the bench would leave them running.
  const giveUp = () => void shop.stop().finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, giveUp);
  whenOrphaned(giveUp);
  return {
    url: siteUrl,
    sql,
    sandboxUrl: shop.sandboxUrl ?? "",
    pid,
    async restart() {
      const before = pid();
      process.kill(before, "SIGTERM");
      for (let tries = 0; tries < 300; tries += 1) {
        await new Promise((next) => setTimeout(next, 200));
        const answer =
          pid() === before ? undefined : await fetch(`${siteUrl}/api/health/live`).catch(() => undefined);
        if (answer?.ok) return;
      }
      throw new Error("the web server did not come back");
    },
    async stop() {
      await sql.end();
      await shop.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until the worker has nothing left to draw: it would take the processor from what is measured. */
export async function untilDrawn(sql: postgres.Sql, minutes: number): Promise<void> {
  const until = Date.now() + minutes * 60_000;
  for (;;) {
    const [row] = await sql<{ left: number }[]>`
      SELECT count(*)::int AS left FROM graphile_worker.jobs WHERE task_identifier LIKE 'pictures.%' AND attempts < max_attempts`;
    if (!row?.left) return;
    if (Date.now() > until) {
      console.error(`  ${row.left} drawing jobs are left after ${minutes} minutes and are put aside`);
      await putAside(sql);
      return;
    }
    await new Promise((next) => setTimeout(next, 1_000));
  }
}

async function putAside(sql: postgres.Sql): Promise<void> {
  await sql`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs WHERE task_identifier LIKE 'pictures.%'))`;
  // One that has begun goes on until it is done.
  await new Promise((next) => setTimeout(next, 5_000));
}
