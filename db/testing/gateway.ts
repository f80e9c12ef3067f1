/** The far side of the network for tests: the payment sandbox, and the shop's webhook door in front of the service. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Shopper } from "@/lib/domain/actors";
import { startSandbox } from "@/lib/gateway/sandbox/server";
import { cardForm } from "@/lib/gateway/sandbox/testing";
import { constructEvent } from "@/lib/gateway/stripe";
import { open } from "@/lib/services/payments/open";
import { type Outcome, receive } from "@/lib/services/payments/receive";
import { systemActor } from "@/lib/system";

export const GOOD_CARD = "4242424242424242";
export const DECLINED_CARD = "4000000000000002";

export type TestGateway = Awaited<ReturnType<typeof startGateway>>;

let running = "";

/** The running sandbox's address; empty while none runs. */
export const gatewayUrl = (): string => running;

/**
 * Starts both. The sandbox listens where SANDBOX_URL says: the files of a process read it once and start one each.
 * Without it any port will do, and nothing may have read it before.
 */
export async function startGateway() {
  const outcomes: Outcome[] = [];
  const bodies: { body: string; signature: string }[] = [];
  const door = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const signature = String(request.headers["stripe-signature"]);
    bodies.push({ body, signature });
    response.writeHead(await deliver(body, signature)).end();
  });
  const deliver = async (body: string, signature: string): Promise<number> => {
    const event = constructEvent(body, signature);
    if (!event) return 400;
    try {
      outcomes.push(await receive(systemActor("webhook"), event));
      return 200;
    } catch {
      return 500;
    }
  };
  // Not closed under a delivery that comes after a pause: it would be tried again, and whoever waits for it misses it.
  door.keepAliveTimeout = 65_000;
  await new Promise<void>((done) => door.listen(0, "127.0.0.1", done));
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-"));
  const sandbox = await startSandbox({
    port: process.env.SANDBOX_URL ? Number(new URL(process.env.SANDBOX_URL).port) : 0,
    dataDir,
    secretKey: process.env.STRIPE_SECRET_KEY,
    publishableKey: process.env.STRIPE_PUBLISHABLE_KEY,
    webhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
    webhookUrl: `http://127.0.0.1:${(door.address() as AddressInfo).port}/`,
    retryMs: 30,
  });
  process.env.SANDBOX_URL = sandbox.url;
  running = sandbox.url;
  const turn = async (name: string, form: Record<string, unknown> = {}) => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${name}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(form),
    });
    if (!answer.ok) throw new Error(`sandbox ${name}: ${answer.status}`);
  };
  /** How many of the ordered faults nobody has met yet. */
  const faultsLeft = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` };
    const answer = await fetch(`${sandbox.url}/_sandbox/state`, { headers });
    const { control } = (await answer.json()) as { control: { faults: { count: number }[] } };
    return control.faults.reduce((sum, { count }) => sum + count, 0);
  };
  return {
    faultsLeft,
    /** What the service answered to each delivery, in order. */
    outcomes,
    /** Each delivery as it came over the wire. */
    bodies,
    deliver,
    /** One of the sandbox's switches: hold, release, duplicate, fault … */
    turn,
    /** Waits until every webhook of now was delivered. */
    settled: () => turn("flush"),
    /** The gateway's last hundred events, newest first. */
    events: async (): Promise<{ id: string; type: string }[]> => {
      const headers = { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` };
      const answer = await fetch(`${sandbox.url}/v1/events?limit=100`, { headers });
      return ((await answer.json()) as { data: { id: string; type: string }[] }).data;
    },
    /** All the money that the gateway holds for the shop, in minor units. */
    balance: async (currency = "eur"): Promise<number> => {
      const headers = { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` };
      const answer = await fetch(`${sandbox.url}/v1/balance`, { headers });
      const { pending } = (await answer.json()) as { pending: { currency: string; amount: number }[] };
      return pending.find((sum) => sum.currency === currency)?.amount ?? 0;
    },
    pay,
    payHosted,
    confirm,
    authenticate,
    close: async () => {
      running = "";
      await sandbox.close();
      door.closeAllConnections();
      await new Promise((done) => door.close(done));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };

  /** Fills in the gateway's own page, as a browser without scripts would. Answers the HTTP status: 303 is done. */
  async function payHosted(url: string, card = GOOD_CARD): Promise<number> {
    const page = sandbox.url + new URL(url).pathname.replace(/^\/sandbox/, "");
    const body = new URLSearchParams({ number: card, expiry: "12 / 39", cvc: "123" });
    const answer = await fetch(page, { method: "POST", body, redirect: "manual" });
    await answer.text();
    return answer.status;
  }

  /** Pays an opened intent as the browser would. Answers the HTTP status: 402 is a decline. */
  async function confirm(clientSecret: string, card = GOOD_CARD): Promise<number> {
    const intentId = clientSecret.split("_secret_")[0];
    const answer = await fetch(`${sandbox.url}/v1/payment_intents/${intentId}/confirm`, {
      method: "POST",
      headers: { authorization: `Bearer ${process.env.STRIPE_PUBLISHABLE_KEY}` },
      body: cardForm(card, { client_secret: clientSecret }),
    });
    await answer.text();
    return answer.status;
  }

  /** Answers the bank's page of an intent that asks for authentication. */
  async function authenticate(clientSecret: string, passed: boolean): Promise<void> {
    const [intentId] = clientSecret.split("_secret_");
    const headers = { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` };
    const answer = await fetch(`${sandbox.url}/v1/payment_intents/${intentId}`, { headers });
    const { next_action: next } = (await answer.json()) as {
      next_action: { use_stripe_sdk?: { stripe_js: string }; redirect_to_url?: { url: string } };
    };
    const page = next.use_stripe_sdk?.stripe_js ?? next.redirect_to_url?.url ?? "";
    const body = new URLSearchParams({ outcome: passed ? "complete" : "fail" });
    const sent = await fetch(sandbox.url + page.replace(/^.*\/sandbox/, ""), {
      method: "POST",
      body,
      redirect: "manual",
    });
    await sent.text();
  }

  /** Opens the order's payment and pays as the browser would. Answers the HTTP status: 402 is a decline. */
  async function pay(shopper: Shopper, orderId: string, card = GOOD_CARD): Promise<number> {
    return confirm((await open(shopper, orderId)).clientSecret, card);
  }
}
