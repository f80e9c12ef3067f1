/** Puts a whole shop together and takes it down again: database, sandbox, worker, web. Used by `npm start` and `npm test`. */
import { createServer } from "node:net";
import { join } from "node:path";
import { freePort } from "@/db/embedded";
import { type Child, startChild } from "./child";
import {
  bringUpToDate,
  type Database,
  halfSeeded,
  hasProducts,
  openEmbedded,
  openExternal,
  unmark,
  wipe,
} from "./database";
import { explain, prepareFolder } from "./folder";
import { prepare } from "./prepare";
import { Problem } from "./problem";
import type { Progress } from "./progress";
import { claim, release, stopOrphans } from "./run-folder";
import { readSecrets, type Secrets } from "./secrets";
import { seedAndBuild } from "./seed-and-build";
import type { Settings } from "./settings";

/** Where the payment sandbox answers unless that is taken. */
const SANDBOX_PORT = 3901;

export type ShopOptions = {
  root: string;
  settings: Settings;
  mode: "start" | "dev";
  progress: Progress;
  /** Hears every line of the children. */
  onLine: (child: string, line: string) => void;
  /** false: the database may lose its last second in a power cut. For tests. */
  durable?: boolean;
  /** Gives up starting; what was started is stopped. */
  signal?: AbortSignal;
};

export type Shop = {
  url: string;
  /** The environment of its processes. */
  env: Record<string, string>;
  database: Database;
  sandboxUrl: string | undefined;
  demo: boolean;
  stop: () => Promise<void>;
};

type Parts = { database?: Database; children: Child[] };

/** Starts everything; when it returns the shop answers. What was started is stopped again when a step throws. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { settings } = options;
  const parts: Parts = { children: [] };
  prepareFolder(settings.dataDir);
  claim(settings.dataDir, settings.siteUrl);
  const stop = async () => {
    // The web first, so that nobody new comes in; the database last, because all others need it to finish.
    for (const child of [...parts.children].reverse()) await child.stop();
    await parts.database?.stop();
    release(settings.dataDir);
  };
  try {
    return await assemble(options, parts, stop);
  } catch (error) {
    const told = explain(error, settings.dataDir);
    await stop();
    throw told;
  }
}

async function assemble(options: ShopOptions, parts: Parts, stop: () => Promise<void>): Promise<Shop> {
  const { settings, progress, root } = options;
  const orphans = await stopOrphans(settings.dataDir);
  if (orphans.length > 0)
    progress.say(`✓ stopped what a killed shop had left running: ${orphans.join(", ")}`);
  await requirePort(settings.port);
  const secrets = readSecrets(settings.dataDir, process.env);

  const database = await progress.step("database", async (step) => {
    const opened = await open(options);
    parts.database = opened;
    step.note(opened.embedded ? "embedded PostgreSQL" : new URL(opened.url).host);
    return opened;
  });
  options.signal?.throwIfAborted();
  await progress.step("migrations", () => upToDate(database, settings.dataDir, progress));

  const early = environment(settings, secrets, database, settings.stripe ? undefined : SANDBOX_PORT);
  if (!settings.demo) await progress.step("store", (step) => prepare(root, early, step.note));
  const isEmpty = settings.demo && !(await hasProducts(database.url));
  await seedAndBuild(options, isEmpty ? early : undefined);

  // Not earlier: while the demo was made another shop may have taken it, whose sandbox would answer in our name.
  const sandboxPort = settings.stripe ? undefined : await preferredPort(SANDBOX_PORT);
  const env = environment(settings, secrets, database, sandboxPort);
  const child = (name: string, args: string[], extra: Record<string, string> = {}, about = {}) => {
    const started = startChild({
      name,
      command: process.execPath,
      args,
      env: { ...env, APP_NAME: `tallystick-${name}`, ...extra },
      dataDir: settings.dataDir,
      about,
      onLine: (line) => options.onLine(name, line),
      onDeath: (how, pauseMs) =>
        progress.say(`! ${name} stopped (${how}); starting it again in ${pauseMs / 1000} s`),
    });
    parts.children.push(started);
    return started;
  };

  await progress.step(
    sandboxPort ? "payment sandbox, job worker, web server" : "job worker, web server",
    async () => {
      if (sandboxPort) {
        const extra = sandboxEnvironment(settings, secrets, sandboxPort);
        const sandbox = child("sandbox", ["--import", "tsx", "lib/gateway/sandbox/server.ts"], extra, {
          url: env.SANDBOX_URL,
        });
        // Its own word: another shop's sandbox may have taken the port meanwhile, and would answer, too.
        await until(sandbox, async () => sandbox.tail().includes("Payment sandbox on"), options.signal);
      }
      const tsx = join("node_modules", "tsx", "dist", "cli.mjs");
      const worker = "lib/jobs/worker.ts";
      child(
        "worker",
        options.mode === "dev" ? [tsx, "watch", "--clear-screen=false", worker] : ["--import", "tsx", worker],
        GIVE_BACK,
      );
      const next = join("node_modules", "next", "dist", "bin", "next");
      const nodeEnv = options.mode === "dev" ? "development" : "production";
      const web = child(
        "web",
        [...heapLimit(options.mode), next, options.mode, "-p", String(settings.port)],
        { ...GIVE_BACK, NODE_ENV: nodeEnv },
        { url: settings.siteUrl },
      );
      await until(web, () => answers(`http://127.0.0.1:${settings.port}/api/health/live`), options.signal);
    },
  );
  const { siteUrl: url, demo } = settings;
  return { url, env, database, sandboxUrl: env.SANDBOX_URL || undefined, demo, stop };
}

/**
 * Drawing pictures takes much memory for a moment. glibc keeps what is freed, in as many arenas as there are threads:
 * told like this it gives it back, and the server holds half as much. Other systems do not read these.
 */
const GIVE_BACK = {
  MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX || "2",
  MALLOC_TRIM_THRESHOLD_: process.env.MALLOC_TRIM_THRESHOLD_ || "131072",
};

/**
 * By default Node lets the heap grow to gigabytes before it collects in earnest: the server then holds twice the memory
 * that it needs, for no less processor time. NODE_OPTIONS may name another limit.
 */
function heapLimit(mode: ShopOptions["mode"]): string[] {
  const isGiven = /max[-_]old[-_]space/.test(process.env.NODE_OPTIONS ?? "");
  return mode === "dev" || isGiven ? [] : ["--max-old-space-size=320"];
}

function open(options: ShopOptions): Promise<Database> {
  const { settings, progress } = options;
  if (settings.databaseUrl) return openExternal(settings.databaseUrl);
  const onDeath = () => progress.say("! the database stopped; starting it again");
  return openEmbedded(settings.dataDir, { durable: options.durable ?? true, onDeath });
}

async function upToDate(database: Database, dataDir: string, progress: Progress): Promise<void> {
  if (halfSeeded(dataDir)) {
    if (!database.embedded) {
      throw new Problem(
        "The demo shop in this database was only half made: run `npm run db:reset`, which empties it, and start again.",
      );
    }
    progress.say("! the demo shop was only half made last time: making it again");
    await wipe(database.url);
    unmark(dataDir);
  }
  await bringUpToDate(database);
}

/** What every process of the shop is told. */
function environment(
  settings: Settings,
  secrets: Secrets,
  database: Database,
  sandboxPort: number | undefined,
): Record<string, string> {
  return {
    DATABASE_URL: database.url,
    DATABASE_SOCKET: database.socket ?? "",
    DATA_DIR: settings.dataDir,
    PORT: String(settings.port),
    SITE_URL: settings.siteUrl,
    DIST_DIR: settings.distDir,
    AUTH_SECRET: secrets.AUTH_SECRET,
    INTERNAL_SECRET: secrets.INTERNAL_SECRET,
    // Only where there are others: without them each build has its own, and an old tab's form says so.
    ...(process.env.REDIS_URL && {
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
    }),
    STRIPE_SECRET_KEY: settings.stripe?.secretKey ?? secrets.SANDBOX_SECRET_KEY,
    STRIPE_PUBLISHABLE_KEY: settings.stripe?.publishableKey ?? secrets.SANDBOX_PUBLISHABLE_KEY,
    STRIPE_WEBHOOK_SECRET: settings.stripe?.webhookSecret ?? secrets.SANDBOX_WEBHOOK_SECRET,
    SANDBOX_URL: sandboxPort ? `http://127.0.0.1:${sandboxPort}` : "",
    DEMO: settings.demo ? "on" : "off",
    WORKER: "process",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

function sandboxEnvironment(settings: Settings, secrets: Secrets, port: number): Record<string, string> {
  return {
    SANDBOX_PORT: String(port),
    // Loopback, not SITE_URL: the shop's public address may not be reachable from here.
    SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${settings.port}/api/stripe/webhook`,
    SANDBOX_WEBHOOK_SECRET: secrets.SANDBOX_WEBHOOK_SECRET,
    SANDBOX_SECRET_KEY: secrets.SANDBOX_SECRET_KEY,
    SANDBOX_PUBLISHABLE_KEY: secrets.SANDBOX_PUBLISHABLE_KEY,
  };
}

async function until(
  child: Child,
  ready: () => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (!(await ready())) {
    signal?.throwIfAborted();
    if (child.deaths() >= 3 || Date.now() > deadline) {
      throw new Problem(
        `The ${child.name} does not start; its last words were:\n\n${child.tail() || "(nothing)"}`,
      );
    }
    await new Promise((next) => setTimeout(next, 100));
  }
}

async function requirePort(port: number): Promise<void> {
  if (await isFree(port)) return;
  throw new Problem(
    `Port ${port} is taken by another program: stop that, or choose another port, for example PORT=${port + 1} npm start.`,
  );
}

async function preferredPort(port: number): Promise<number> {
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(port, () => server.close(() => done(true)));
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(30_000) })).ok;
  } catch {
    return false;
  }
}
