/** Before each test file: a database of its own, copied from the template, and settings that point to it. */
import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { TEMPLATE } from "./template";

const adminUrl = inject("postgresUrl");
const name = `test_${randomBytes(6).toString("hex")}`;
const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
await admin.unsafe(`create database ${name} template ${TEMPLATE}`);

// The running shop, as far as jobs know it: it takes the cache tags that became stale.
const shop = createServer((_, response) => response.end());
await new Promise<void>((done) => shop.listen(0, "127.0.0.1", done));
shop.unref();

const url = new URL(adminUrl);
url.pathname = `/${name}`;
const dataDir = mkdtempSync(join(inject("folder"), "data-"));

// Set before the test file is loaded, and with it db/client.
Object.assign(process.env, {
  DATABASE_URL: url.href,
  DATABASE_SOCKET: inject("postgresSocket"),
  DATA_DIR: dataDir,
  PORT: String((shop.address() as AddressInfo).port),
  SITE_URL: "http://localhost:3000",
  AUTH_SECRET: "only-for-tests-0123456789-0123456789",
  INTERNAL_SECRET: "only-for-tests-internal",
  STRIPE_SECRET_KEY: "sk_test_only_for_tests",
  STRIPE_PUBLISHABLE_KEY: "pk_test_only_for_tests",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  WORKER: "off",
  LOG_LEVEL: "error",
});

// No network call inside a transaction, whatever a test does: both of Node's clients announce each request.
const insideTransactions: string[] = [];
beforeAll(async () => {
  // Not before the test file is loaded: it may size the pool.
  const { insideTx } = await import("../tx");
  for (const channel of ["http.client.request.start", "undici:request:create"]) {
    subscribe(channel, () => {
      if (insideTx()) insideTransactions.push(new Error(channel).stack ?? channel);
    });
  }
});

afterAll(async () => {
  if (insideTransactions.length > 0) {
    throw new Error(`A network call was made inside a transaction:\n${insideTransactions.join("\n")}`);
  }
  const { sql } = await import("../client");
  await sql.end({ timeout: 1 });
  await admin.unsafe(`drop database ${name} with (force)`);
  await admin.end();
  rmSync(dataDir, { recursive: true, force: true });
  shop.closeAllConnections();
  shop.close();
});
