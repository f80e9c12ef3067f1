/** What a shopper sees while PostgreSQL and the web server are killed under the built shop: `kill -9`, and nobody helps. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pidOf } from "@/bench/process";
import { runningPostgres } from "@/db/embedded";

const KEPT = ["/", "/c/objects", "/about"];
/** Pages that need the database for each request. */
const ASKING = ["/cart", "/search?q=mug", "/sign-in", "/admin"];
const PATIENCE_MS = 60_000;

/** Kills both in turn in a shop that the launcher looks after, and answers what did not hold. */
export async function accidents(url: string, dataDir: string): Promise<string[]> {
  const wrong: string[] = [];
  const look = async (path: string): Promise<number> => {
    const answer = await fetch(url + path).catch(() => undefined);
    const html = await answer?.text().catch(() => undefined);
    return html?.includes("</html>") ? (answer?.status ?? 0) : 0;
  };
  const isReady = async () => (await fetch(`${url}/api/health/ready`).catch(() => undefined))?.ok ?? false;
  const allThere = async (when: string) => {
    for (const path of [...KEPT, ...ASKING]) {
      const status = await look(path);
      if (status !== 200) wrong.push(`${when}: ${path} answered ${status}`);
    }
  };
  const until = async (what: string, holds: () => Promise<boolean> | boolean) => {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`waited a minute for this: ${what}`);
      await pause(20);
    }
  };
  await allThere("before");

  const database = runningPostgres(join(dataDir, "postgres"))?.pid ?? 0;
  process.kill(database, "SIGKILL");
  await until("PostgreSQL is gone", () => !lives(database));
  if (await isReady()) wrong.push("without PostgreSQL: the shop said that it was ready");
  for (const path of KEPT) {
    const status = await look(path);
    if (status !== 200) wrong.push(`without PostgreSQL: ${path} answered ${status}`);
  }
  for (const path of ASKING) {
    const status = await look(path);
    if (status !== 503 && status !== 200) wrong.push(`without PostgreSQL: ${path} answered ${status}`);
  }
  await until("the shop is ready again after PostgreSQL", isReady);
  await allThere("after PostgreSQL came back");

  const web = pidOf(dataDir, "web");
  process.kill(web, "SIGKILL");
  await until("a web server is ready again", async () => pidOf(dataDir, "web") !== web && (await isReady()));
  await allThere("after the web server came back");
  return wrong;
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
