/** Before each test file: a database of its own, copied from the template, and settings that point to it. */
import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { ownPort } from "./own-port";
import { testSettings } from "./settings";
import { TEMPLATE } from "./template";

/** What the files of one process share: its modules are loaded once, so what they have read must stay as it is. */
interface Process {
  readonly admin: postgres.Sql;
  /** Of the database, which each file gets anew under the same name. */
  readonly name: string;
  readonly dataDir: string;
  /** Where a network call was made inside a transaction. */
  readonly insideTransactions: string[];
  watches?: true;
}

const held = globalThis as typeof globalThis & { tallystickTests?: Process };
held.tallystickTests ??= await begin();
const { admin, name, dataDir, insideTransactions } = held.tallystickTests;

// One that a file left behind whose own set-up failed.
await admin.unsafe(`drop database if exists ${name} with (force)`);
rmSync(dataDir, { recursive: true, force: true });
await admin.unsafe(`create database ${name} template ${TEMPLATE}`);
mkdirSync(dataDir);
const settings = { ...process.env };

beforeAll(async () => {
  if (held.tallystickTests) held.tallystickTests.watches ??= await watch(insideTransactions);
});

afterAll(async () => {
  await queueLeft();
  await admin.unsafe(`drop database ${name} with (force)`);
  rmSync(dataDir, { recursive: true, force: true });
  // The pool outlives the file and has to notice that its connections are gone.
  await sleep(20);
  const wrong = insideTransactions.splice(0);
  if (wrong.length > 0) throw new Error(`A network call was made inside a transaction:\n${wrong.join("\n")}`);
  const changed = Object.keys(settings).filter((key) => settings[key] !== process.env[key]);
  if (inject("isShared") && changed.length > 0)
    throw new Error(`The next file would find other settings: ${changed.join(", ")}`);
});

async function begin(): Promise<Process> {
  const adminUrl = inject("postgresUrl");
  const own = `test_${randomBytes(6).toString("hex")}`;
  const folder = join(inject("folder"), own);
  // The running shop, as far as jobs know it: it takes the cache tags that became stale.
  const shop = createServer((_, response) => response.end());
  await new Promise<void>((done) => shop.listen(0, "127.0.0.1", done));
  shop.unref();
  const url = new URL(adminUrl);
  url.pathname = `/${own}`;
  // Set before any test file is loaded, and with it db/client.
  Object.assign(process.env, {
    ...testSettings(url.href, folder),
    DATABASE_SOCKET: inject("postgresSocket"),
    PORT: String((shop.address() as AddressInfo).port),
    ...(inject("isShared") && { SANDBOX_URL: `http://127.0.0.1:${await ownPort()}` }),
  });
  const server = postgres(adminUrl, { max: 1, onnotice: () => {} });
  return { admin: server, name: own, dataDir: folder, insideTransactions: [] };
}

/**
 * The queue's own pool closes in a promise that nobody waits for, and hears no errors meanwhile: one whose database is
 * dropped in that moment would end the process.
 */
async function queueLeft(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [there] =
      await admin`select 1 from pg_stat_activity where datname = ${name} and application_name = ''`;
    if (!there) return;
    await sleep(10);
  }
}

/** No network call inside a transaction, whatever a test does: both of Node's clients announce each request. */
async function watch(insideTransactions: string[]): Promise<true> {
  // Not before the test file is loaded: it may size the pool.
  const { insideTx } = await import("../tx");
  for (const channel of ["http.client.request.start", "undici:request:create"]) {
    subscribe(channel, () => {
      if (insideTx()) insideTransactions.push(new Error(channel).stack ?? channel);
    });
  }
  return true;
}
