/** Runs another script with the shop's database and secrets in its environment: `node scripts/run.mjs scripts/with-shop.ts SCRIPT [ARGUMENTS]`. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { runningPostgres } from "@/db/embedded";
import { ROOT } from "./install.mjs";
import { bringUpToDate, type Database, openEmbedded, openExternal } from "./launcher/database";
import { prepareFolder } from "./launcher/folder";
import { whenOrphaned } from "./launcher/orphaned";
import { asProblem, Problem } from "./launcher/problem";
import { addressOf, claim, isClaimed, release } from "./launcher/run-folder";
import { readSecrets } from "./launcher/secrets";
import { loadDotEnv, readSettings, type Settings } from "./launcher/settings";

/** What has to see the database as it is. */
const BEFORE_MIGRATIONS = new Set(["scripts/db-reset.ts", "scripts/db-ahead.ts"]);

const [script, ...args] = process.argv.slice(2);

try {
  process.exit(await main());
} catch (error) {
  const told = asProblem(error, "the data folder");
  console.error(
    `\n  ✗ ${told instanceof Problem ? told.message : told instanceof Error ? told.stack : String(told)}\n`,
  );
  // 2: the script was not even begun. A script's own failure is 1.
  process.exit(2);
}

async function main(): Promise<number> {
  if (!script) throw new Problem("Name the script to run.");
  loadDotEnv(ROOT);
  const settings = readSettings(process.env);
  prepareFolder(settings.dataDir);
  const database = await reach(settings);
  try {
    if (!BEFORE_MIGRATIONS.has(script)) await bringUpToDate(database);
    return await run(script, args, environment(settings, database));
  } finally {
    await database.stop();
  }
}

/** The database of the shop that runs, or one that is started for as long as the script takes. */
async function reach(settings: Settings): Promise<Database> {
  if (settings.databaseUrl) return openExternal(settings.databaseUrl);
  const { dataDir } = settings;
  const running = isClaimed(dataDir) ? runningPostgres(join(dataDir, "postgres")) : undefined;
  if (running) return { ...running, embedded: true, dataDir: undefined, stop: async () => {} };
  claim(dataDir, settings.siteUrl);
  const own = await openEmbedded(dataDir);
  const stop = async () => {
    await own.stop();
    release(dataDir);
  };
  return { ...own, stop };
}

function environment(settings: Settings, database: Database): Record<string, string> {
  const secrets = readSecrets(settings.dataDir, process.env);
  const web = addressOf(settings.dataDir, "web");
  return {
    DATABASE_URL: database.url,
    DATABASE_SOCKET: database.socket ?? "",
    DATA_DIR: settings.dataDir,
    SITE_URL: web ?? settings.siteUrl,
    AUTH_SECRET: secrets.AUTH_SECRET,
    INTERNAL_SECRET: secrets.INTERNAL_SECRET,
    STRIPE_SECRET_KEY: settings.stripe?.secretKey ?? secrets.SANDBOX_SECRET_KEY,
    STRIPE_PUBLISHABLE_KEY: settings.stripe?.publishableKey ?? secrets.SANDBOX_PUBLISHABLE_KEY,
    STRIPE_WEBHOOK_SECRET: settings.stripe?.webhookSecret ?? secrets.SANDBOX_WEBHOOK_SECRET,
    SANDBOX_URL: (!settings.stripe && addressOf(settings.dataDir, "sandbox")) || "",
    SHOP_RUNS: web ? "yes" : "",
    SHOP_DATABASE: database.embedded ? "embedded" : "external",
    SHOP_GATEWAY: settings.stripe ? "stripe" : "sandbox",
    WORKER: "off",
    APP_NAME: "tallystick-script",
  };
}

function run(file: string, rest: string[], env: Record<string, string>): Promise<number> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ["--import", "tsx", file, ...rest], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    // The script hears Ctrl-C by itself; we outlive it to put the database away.
    let isTold = false;
    const tell = (signal: NodeJS.Signals) => {
      isTold = true;
      child.kill(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => tell(signal));
    whenOrphaned(() => isTold || tell("SIGTERM"));
    child.once("error", failed);
    child.once("close", (code) => done(code ?? 1));
  });
}
