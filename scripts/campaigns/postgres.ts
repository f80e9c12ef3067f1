/** PostgreSQL killed under load, again and again: no acknowledged order is lost, and the app is ready soon after. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { type EmbeddedPostgres, freePort, startPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { removeAfterUs, throwawayFolder } from "@/db/throwaway";
import { bundled } from "../testing/bundled";
import type { Campaign } from "./ground";
import type { Said } from "./postgres-load";

const SCRIPT = await bundled("scripts/campaigns/postgres-load.ts");
const WORKER = await bundled("lib/jobs/worker.ts");
const ROOT = join(import.meta.dirname, "..", "..");
/** Milliseconds in which the app must be ready again once its database is. */
const READY_MS = 5_000;

export const postgresDies: Campaign = {
  name: "postgres",
  about:
    "kill -9 of PostgreSQL under load: acknowledged orders are all there, the app is ready within 5 s by itself",
  short: 2,
  long: 50,
  run: async (ground) => {
    const folder = throwawayFolder("tallystick-killed-");
    const options = { dataDir: join(folder, "postgres"), port: await freePort() };
    // Durable: what is proved is that the disk has what was acknowledged.
    let server = await startPostgres(options);
    const remove = removeAfterUs(folder, server.dataDir);
    let shop: Shop | undefined;
    try {
      await migrate(server.url);
      shop = await openShop(server.url, join(folder, "data"));
      let slowest = 0;
      for (let round = 1; round <= ground.trials; round += 1) {
        await shop.moreOrders(5);
        await pause(ground.random() * 500);
        await killHard(server);
        const killedAt = Date.now();
        server = await startPostgres(options);
        const startedAt = Date.now();
        await shop.readyAgain(killedAt);
        slowest = Math.max(slowest, Date.now() - startedAt);
        if (round % 10 === 0) ground.say(`${round} kills, ${shop.placed.size} orders`);
      }
      await shop.moreOrders(5);
      const { wrong } = await shop.end();
      ground.wrong.push(...wrong);
      ground.expect(slowest <= READY_MS, `ready only ${slowest} ms after the database`);
      for (const error of shop.untyped) ground.expect(false, `untyped: ${error}`);
      const lost = await lostOf(server.url, shop.placed);
      ground.expect(lost.length === 0, `lost although acknowledged: ${lost.join(", ")}`);
      return {
        kills: ground.trials,
        "orders acknowledged": shop.placed.size,
        lost: lost.length,
        ...shop.told,
        "times the worker died and came back": shop.worker.deaths(),
        "ms until ready, slowest": slowest,
      };
    } finally {
      shop?.child.kill("SIGKILL");
      await shop?.worker.stop();
      await server.stop();
      remove();
    }
  },
};

type Shop = Awaited<ReturnType<typeof openShop>>;

/** The job worker in its own process, started again when it dies, as the launcher does. */
function keepWorker(env: NodeJS.ProcessEnv) {
  let isOver = false;
  let deaths = 0;
  let worker: ChildProcess | undefined;
  const start = () => {
    if (isOver) return;
    worker = spawn(process.execPath, [WORKER], {
      cwd: ROOT,
      env,
      stdio: "ignore",
    });
    worker.once("exit", () => {
      deaths += 1;
      setTimeout(start, 500);
    });
  };
  start();
  return {
    deaths: () => deaths,
    stop: async () => {
      isOver = true;
      if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
      const gone = new Promise((done) => worker?.once("exit", done));
      worker.kill("SIGKILL");
      await gone;
    },
  };
}

async function openShop(url: string, dataDir: string) {
  const env = {
    ...process.env,
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    DATABASE_POOL: "10",
    LOG_LEVEL: "error",
  };
  const stdio: ["pipe", "pipe", "inherit"] = ["pipe", "pipe", "inherit"];
  const child = spawn(process.execPath, [SCRIPT], { cwd: ROOT, env, stdio });
  const placed = new Set<string>();
  const untyped: string[] = [];
  const told: Record<string, number> = {};
  let readyAt = 0;
  let end: string[] | undefined;
  let isRunning = false;
  let sandboxUrl = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.startsWith('{"kind"')) return;
    const said = JSON.parse(line) as Said;
    if (said.kind === "running") {
      isRunning = true;
      sandboxUrl = said.sandboxUrl;
    }
    if (said.kind === "placed") placed.add(said.number);
    if (said.kind === "told") told[`told ${said.failure}`] = (told[`told ${said.failure}`] ?? 0) + 1;
    if (said.kind === "untyped") untyped.push(said.error);
    if (said.kind === "ready" && said.is) readyAt = Date.now();
    if (said.kind === "end") end = said.wrong;
  });
  const until = (what: string, holds: () => boolean) =>
    waitFor(child, what, holds).catch((error: unknown) => {
      // Nobody is there to end a shop that never began.
      child.kill("SIGKILL");
      throw new Error(`${error}; so far ${JSON.stringify({ orders: placed.size, told, untyped })}`);
    });
  await until("its start", () => isRunning);
  // Jobs ask the gateway that the shop has started.
  const worker = keepWorker({ ...env, SANDBOX_URL: sandboxUrl });
  return {
    child,
    worker,
    placed,
    untyped,
    told,
    moreOrders: (many: number) => {
      const goal = placed.size + many;
      return until(`${many} more orders`, () => placed.size >= goal);
    },
    readyAgain: (since: number) => until("readiness", () => readyAt > since),
    end: async () => {
      await worker.stop();
      child.stdin?.write("end\n");
      await until("its end", () => end !== undefined);
      return { wrong: end ?? [] };
    },
  };
}

async function waitFor(child: ChildProcess, what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the shop died, waiting for ${what}`);
    if (Date.now() > deadline) throw new Error(`waited a minute for ${what}`);
    await pause(20);
  }
}

/** The postmaster and, because a dead postmaster's children live on for a moment, all that it had started. */
async function killHard(server: EmbeddedPostgres): Promise<void> {
  const gone = new Promise((done) => server.child.once("exit", done));
  server.child.kill("SIGKILL");
  await gone;
}

async function lostOf(url: string, placed: ReadonlySet<string>): Promise<string[]> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const rows = await client<{ number: string }[]>`SELECT number FROM orders`;
    const there = new Set(rows.map(({ number }) => number));
    return [...placed].filter((number) => !there.has(number));
  } finally {
    await client.end();
  }
}
