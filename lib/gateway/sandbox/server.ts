/** The payment sandbox: an offline stand-in for Stripe that listens on loopback unless it is told another address. Run it, or start it in a test. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Deliveries } from "./deliveries";
import { front } from "./front";
import { Store } from "./store";
import { Timetable } from "./timetable";
import { type Settings, World } from "./world";

export type SandboxOptions = Partial<Settings> & {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Loopback when left out; between containers another one. */
  host?: string;
  /** The journal lies in `dataDir/sandbox`. */
  dataDir: string;
  /** Called when the disk refused a write: memory is ahead of it, only a restart tells the truth again. */
  onBroken?: () => void;
};

export type Sandbox = { url: string; settings: Settings; close: () => Promise<void> };

/** Starts a sandbox. @throws Error when the port is taken or the journal is damaged */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const settings: Settings = {
    secretKey: options.secretKey ?? "sk_test_sandbox",
    publishableKey: options.publishableKey ?? "pk_test_sandbox",
    webhookUrl: options.webhookUrl ?? null,
    webhookSecret: options.webhookSecret ?? "whsec_sandbox",
    laterMs: options.laterMs ?? 10_000,
    retryMs: options.retryMs ?? 1_000,
  };
  const store = new Store(join(options.dataDir, "sandbox"));
  const world = new World(store, settings);
  let ready: Promise<{ deliveries: Deliveries; timetable: Timetable }> | undefined;

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => {
      console.error(JSON.stringify({ level: "error", at: "sandbox", message: String(error) }));
      if (store.isBroken) options.onBroken?.();
      if (!res.headersSent) res.writeHead(500, { "content-type": "application/json" });
      res.end('{"error":{"type":"api_error","message":"The sandbox failed."}}');
    });
  });
  const answer = async (...[req, res]: Parameters<Parameters<typeof createServer>[1] & object>) => {
    const machinery = await ready;
    if (machinery) await front({ world, ...machinery }, req, res);
  };
  // Longer than the SDK keeps a socket, so that a used one is not closed under it.
  server.keepAliveTimeout = 65_000;

  // The port comes first: whoever holds it is the one writer of the journal.
  const port = await new Promise<number>((done, failed) => {
    server.once("error", failed);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1", () =>
      done((server.address() as AddressInfo).port),
    );
  });
  ready = open(world);
  const { deliveries, timetable } = await ready;
  return {
    url: `http://127.0.0.1:${port}`,
    settings,
    close: async () => {
      timetable.close();
      server.close();
      server.closeAllConnections();
      await deliveries.close();
      await store.close();
    },
  };
}

async function open(world: World): Promise<{ deliveries: Deliveries; timetable: Timetable }> {
  await world.store.open();
  const deliveries = new Deliveries(world);
  const timetable = new Timetable(world);
  let asked = false;
  world.nudge = () => {
    if (asked) return;
    asked = true;
    // After the transaction that asked for it.
    setImmediate(() => {
      asked = false;
      timetable.run();
      deliveries.pump();
    });
  };
  world.nudge();
  return { deliveries, timetable };
}

async function main(): Promise<void> {
  const { env } = process;
  const sandbox = await startSandbox({
    port: Number(env.SANDBOX_PORT || 3901),
    ...(env.SANDBOX_HOST ? { host: env.SANDBOX_HOST } : {}),
    dataDir: resolve(env.DATA_DIR || "./.data"),
    // Whoever started it starts it again.
    onBroken: () => setTimeout(() => process.exit(1), 100),
    webhookUrl: env.SANDBOX_WEBHOOK_URL || null,
    ...(env.SANDBOX_WEBHOOK_SECRET ? { webhookSecret: env.SANDBOX_WEBHOOK_SECRET } : {}),
    ...(env.SANDBOX_SECRET_KEY ? { secretKey: env.SANDBOX_SECRET_KEY } : {}),
    ...(env.SANDBOX_PUBLISHABLE_KEY ? { publishableKey: env.SANDBOX_PUBLISHABLE_KEY } : {}),
    ...(env.SANDBOX_LATER_MS ? { laterMs: Number(env.SANDBOX_LATER_MS) } : {}),
  });
  console.log(`Payment sandbox on ${sandbox.url}`);
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
