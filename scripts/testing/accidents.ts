/** What a shopper sees while PostgreSQL and the web server are killed under the built shop: `kill -9`, and nobody helps. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pidOf } from "@/bench/process";
import { runningPostgres } from "@/db/embedded";

const KEPT = ["/", "/c/textiles", "/p/grating-cushion", "/about"];
/** Pages that are made for each request; the first cannot be made without the database. */
const ASKING = ["/search?q=mug", "/cart", "/sign-in", "/admin"];
const PATIENCE_MS = 60_000;

/** Kills both in turn in a shop that the launcher looks after, and answers what did not hold. */
export async function accidents(url: string, dataDir: string): Promise<string[]> {
  const wrong: string[] = [];
  /** The status of an answer that is a whole page. */
  const look = async (path: string): Promise<number> => {
    const answer = await fetch(url + path).catch(() => undefined);
    const html = await answer?.text().catch(() => undefined);
    return html?.includes("</html>") ? (answer?.status ?? 0) : 0;
  };
  const expectAll = async (when: string, paths: string[], ...allowed: number[]) => {
    for (const path of paths) {
      const status = await look(path);
      if (!allowed.includes(status)) wrong.push(`${when}: ${path} answered ${status}`);
    }
  };
  const isReady = async () => (await fetch(`${url}/api/health/ready`).catch(() => undefined))?.ok ?? false;
  const until = async (what: string, holds: () => Promise<boolean>) => {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`waited a minute for this: ${what}`);
      await pause(20);
    }
  };
  await expectAll("before", [...KEPT, ...ASKING], 200);

  const bringBack = keepKilling(join(dataDir, "postgres"));
  try {
    await until("PostgreSQL is away", async () => !(await isReady()));
    await expectAll("without PostgreSQL", KEPT, 200);
    await expectAll("without PostgreSQL", ASKING.slice(0, 1), 503);
    await expectAll("without PostgreSQL", ASKING.slice(1), 200, 503);
  } finally {
    bringBack();
  }
  await until("the shop is ready again after PostgreSQL", isReady);
  // A connection to the life that was killed last may still stand in the pool: who gets that one hears 503 once.
  await until("every page is there again after PostgreSQL", async () => {
    const statuses = await Promise.all([...KEPT, ...ASKING].map(look));
    return statuses.every((status) => status === 200);
  });

  const web = pidOf(dataDir, "web");
  process.kill(web, "SIGKILL");
  await until("a web server is ready again", async () => isAnother(dataDir, web) && (await isReady()));
  await expectAll("after the web server came back", [...KEPT, ...ASKING], 200);
  return wrong;
}

/** The launcher starts it again within moments: each new one is killed, too, until the answer is called. */
function keepKilling(dataDir: string): () => void {
  const timer = setInterval(() => {
    const running = runningPostgres(dataDir);
    try {
      if (running) process.kill(running.pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
  }, 20);
  return () => clearInterval(timer);
}

function isAnother(dataDir: string, web: number): boolean {
  try {
    return pidOf(dataDir, "web") !== web;
  } catch {
    // The note of it is being written.
    return false;
  }
}
