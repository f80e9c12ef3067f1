/** Starts a sandbox with a listening shop beside it, for the sandbox's own tests. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { type Sandbox, type SandboxOptions, startSandbox } from "./server";

export type Heard = { event: Stripe.Event; status: number };

export type Bench = {
  stripe: Stripe;
  /** What the shop's webhook heard, verified, in order. */
  heard: Heard[];
  /** Statuses that the webhook answers next; 200 when empty. */
  answers: number[];
  sandbox: () => Sandbox;
  /** Stops the sandbox and starts it again on the same journal. */
  restart: (options?: Partial<SandboxOptions>) => Promise<void>;
  /** Calls one of the switches. */
  turn: (name: string, form?: Record<string, unknown>) => Promise<Record<string, unknown>>;
  dataDir: string;
  close: () => Promise<void>;
};

const WEBHOOK_SECRET = "whsec_test_of_the_sandbox";

export async function startBench(options: Partial<SandboxOptions> = {}): Promise<Bench> {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-"));
  const heard: Heard[] = [];
  const answers: number[] = [];
  const verifier = new Stripe("sk_test_sandbox");
  const shop = createServer(async (req, res) => {
    let body = "";
    for await (const part of req) body += part;
    const sign = String(req.headers["stripe-signature"]);
    const event = verifier.webhooks.constructEvent(body, sign, WEBHOOK_SECRET, 300);
    const status = answers.shift() ?? 200;
    heard.push({ event, status });
    res.writeHead(status).end();
  });
  await new Promise<void>((done) => shop.listen(0, "127.0.0.1", done));
  const settings: SandboxOptions = {
    dataDir,
    webhookUrl: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/hook`,
    webhookSecret: WEBHOOK_SECRET,
    retryMs: 20,
    laterMs: 3_600_000,
    ...options,
  };
  let sandbox = await startSandbox(settings);
  const clientOf = () =>
    new Stripe("sk_test_sandbox", {
      host: "127.0.0.1",
      port: new URL(sandbox.url).port,
      protocol: "http",
      maxNetworkRetries: 2,
      timeout: 2_000,
      telemetry: false,
    });
  const bench: Bench = {
    stripe: clientOf(),
    heard,
    answers,
    dataDir,
    sandbox: () => sandbox,
    restart: async (changed = {}) => {
      await sandbox.close();
      sandbox = await startSandbox({ ...settings, ...changed });
      bench.stripe = clientOf();
    },
    turn: async (name, form) => {
      const response = await fetch(`${sandbox.url}/_sandbox/${name}`, {
        method: form ? "POST" : "GET",
        headers: { authorization: "Bearer sk_test_sandbox", "content-type": "application/json" },
        ...(form ? { body: JSON.stringify(form) } : {}),
      });
      return (await response.json()) as Record<string, unknown>;
    },
    close: async () => {
      await sandbox.close();
      shop.closeAllConnections();
      await new Promise((done) => shop.close(done));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return bench;
}

/** The form fields of a card, as Stripe.js sends them. */
export function cardForm(number: string, more: Record<string, string> = {}): URLSearchParams {
  return new URLSearchParams({
    "payment_method_data[type]": "card",
    "payment_method_data[card][number]": number,
    "payment_method_data[card][exp_month]": "12",
    "payment_method_data[card][exp_year]": "2039",
    "payment_method_data[card][cvc]": "123",
    ...more,
  });
}
