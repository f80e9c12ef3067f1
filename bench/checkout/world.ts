/** A PostgreSQL that writes to the disk and a payment sandbox, each a process of its own, for as long as a bench takes. */
import { spawn } from "node:child_process";
import { freePort } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { startThrowaway } from "@/db/throwaway";

const KEYS = {
  STRIPE_SECRET_KEY: "sk_test_bench",
  STRIPE_PUBLISHABLE_KEY: "pk_test_bench",
  STRIPE_WEBHOOK_SECRET: "whsec_bench",
};

/** Starts both; `doorPort` is where the sandbox sends its events. */
export async function startWorld() {
  // It writes to the disk, as a shop does.
  const postgres = await startThrowaway("tallystick-bench-", {});
  const dataDir = postgres.folder;
  await migrate(postgres.url);
  const [sandboxPort, doorPort] = [await freePort(), await freePort()];
  const sandbox = spawn(process.execPath, ["--import", "tsx", "lib/gateway/sandbox/server.ts"], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${doorPort}/`,
      SANDBOX_WEBHOOK_SECRET: KEYS.STRIPE_WEBHOOK_SECRET,
      SANDBOX_SECRET_KEY: KEYS.STRIPE_SECRET_KEY,
      SANDBOX_PUBLISHABLE_KEY: KEYS.STRIPE_PUBLISHABLE_KEY,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((done) => sandbox.stdout.once("data", done));
  return {
    doorPort,
    env: {
      ...process.env,
      ...KEYS,
      DATABASE_URL: postgres.url,
      DATABASE_SOCKET: postgres.socket,
      DATA_DIR: dataDir,
      SITE_URL: "http://localhost:3000",
      AUTH_SECRET: "only-for-the-bench-0123456789-0123456789",
      INTERNAL_SECRET: "only-for-the-bench-internal",
      SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
      WORKER: "off",
      LOG_LEVEL: "error",
      NODE_ENV: "production",
    },
    stop: async () => {
      sandbox.kill();
      await postgres.stop();
    },
  };
}
