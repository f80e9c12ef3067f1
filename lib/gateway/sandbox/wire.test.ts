import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./testing";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const params = { amount: 2000, currency: "eur" };
const paid = () =>
  bench.stripe.paymentIntents.create({ ...params, confirm: true, payment_method: "pm_card_visa" });
const countOf = async (kind: string) =>
  ((await bench.turn("state")) as { counts: Record<string, number> }).counts[kind] ?? 0;

describe("idempotency", () => {
  it("replays the same key, refuses another body, and makes one object of many at once", async () => {
    const { stripe } = bench;
    const options = { idempotencyKey: "one" };
    const first = await stripe.paymentIntents.create(params, options);
    const again = await stripe.paymentIntents.create(params, options);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    await expect(stripe.paymentIntents.create({ ...params, amount: 2001 }, options)).rejects.toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    );
    const before = await countOf("intent");
    const many = await Promise.all(
      Array.from({ length: 30 }, () => stripe.paymentIntents.create(params, { idempotencyKey: "many" })),
    );
    expect(new Set(many.map(({ id }) => id)).size).toBe(1);
    expect(await countOf("intent")).toBe(before + 1);
  });

  it("does not keep a refusal before anything happened", async () => {
    const options = { idempotencyKey: "small" };
    await expect(bench.stripe.paymentIntents.create({ ...params, amount: 1 }, options)).rejects.toThrow();
    expect((await bench.stripe.paymentIntents.create(params, options)).amount).toBe(2000);
  });

  it.each(["error", "cut", "timeout"])(
    "%s after the commit: the SDK's retry finds the one object",
    async (kind) => {
      await bench.turn("fault", { kind, when: "after", method: "POST", path: "/v1/payment_intents" });
      const before = await countOf("intent");
      const options = { idempotencyKey: `fault-${kind}` };
      expect((await bench.stripe.paymentIntents.create(params, options)).id).toMatch(/^pi_/);
      expect(await countOf("intent")).toBe(before + 1);
    },
  );
});

describe("webhooks", () => {
  it("are signed as the SDK verifies, and sent again after a 500", async () => {
    await bench.turn("flush", {});
    bench.heard.length = 0;
    bench.answers.push(500, 503);
    const intent = await bench.stripe.paymentIntents.create(params);
    await expect
      .poll(() => bench.heard.map(({ status }) => status), { timeout: 15_000 })
      .toEqual([500, 503, 200]);
    expect(new Set(bench.heard.map(({ event }) => event.id)).size).toBe(1);
    const { data } = await bench.stripe.events.list({ type: "payment_intent.created", limit: 1 });
    expect(data[0]?.data.object).toMatchObject({ id: intent.id });
  });

  it("are held, shuffled, copied, lost", async () => {
    await bench.turn("flush", {});
    bench.heard.length = 0;
    await bench.turn("hold", {});
    await paid();
    await bench.turn("flush", {});
    expect(bench.heard).toHaveLength(0);
    await bench.turn("release", { order: "reverse", copies: 2 });
    const types = bench.heard.map(({ event }) => event.type);
    expect(types).toHaveLength(6);
    expect(types[0]).toBe("payment_intent.succeeded");
    await bench.turn("lose", { count: 3 });
    await paid();
    await bench.turn("flush", {});
    expect(bench.heard).toHaveLength(6);
    await bench.turn("duplicate", { count: 1 });
    await bench.stripe.paymentIntents.create(params);
    await bench.turn("flush", {});
    expect(bench.heard).toHaveLength(8);
  });

  it("are switched with the secret key only", async () => {
    const url = `${bench.sandbox().url}/_sandbox/hold`;
    expect(
      (await fetch(url, { method: "POST", headers: { authorization: "Bearer pk_test_sandbox" } })).status,
    ).toBe(401);
  });
});

describe("refunds", () => {
  it("give back in parts and never more than there is", async () => {
    const { stripe } = bench;
    const intent = await paid();
    const part = await stripe.refunds.create({ payment_intent: intent.id, amount: 500 });
    expect(part).toMatchObject({ status: "succeeded", amount: 500 });
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 1501 })).rejects.toThrow(
      /greater than/,
    );
    expect((await stripe.refunds.create({ payment_intent: intent.id })).amount).toBe(1500);
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: "charge_already_refunded",
    });
  });

  it("stay pending, or fail later and count as not refunded", async () => {
    const { stripe } = bench;
    const refundOf = async (sandbox: string) =>
      stripe.refunds.create({ payment_intent: (await paid()).id, metadata: { sandbox } });
    const pending = await refundOf("pending");
    const failing = await refundOf("pending_fails");
    expect([pending.status, failing.status]).toEqual(["pending", "pending"]);
    await bench.turn("advance", { seconds: 7200 });
    expect((await stripe.refunds.retrieve(pending.id)).status).toBe("succeeded");
    const failed = await stripe.refunds.retrieve(failing.id);
    expect(failed).toMatchObject({ status: "failed", failure_reason: "expired_or_canceled_card" });
    expect((await stripe.charges.retrieve(String(failed.charge))).amount_refunded).toBe(0);
  });
});

it("pays an owner by transfer", async () => {
  const account = await bench.stripe.accounts.create({ type: "express" });
  const transfer = await bench.stripe.transfers.create({
    amount: 900,
    currency: "eur",
    destination: account.id,
  });
  expect(transfer).toMatchObject({ amount: 900, destination: account.id });
});

it("takes a transfer back, and refuses one without the money or to an account that is not able", async () => {
  await paid();
  const { id: destination } = await bench.stripe.accounts.create({ type: "express" });
  const send = (amount: number) => bench.stripe.transfers.create({ amount, currency: "eur", destination });
  const net = async () => (await bench.stripe.balance.retrieve()).pending[0]?.amount;
  const before = (await net()) ?? 0;
  const { id } = await send(700);
  expect(await net()).toBe(before - 700);
  await bench.stripe.transfers.createReversal(id, { amount: 200 });
  await bench.stripe.transfers.createReversal(id);
  await expect(bench.stripe.transfers.createReversal(id, { amount: 1 })).rejects.toMatchObject({
    param: "amount",
  });
  expect(await bench.stripe.transfers.retrieve(id)).toMatchObject({ amount_reversed: 700, reversed: true });
  expect(await net()).toBe(before);
  await expect(send(before + 1)).rejects.toMatchObject({ code: "balance_insufficient" });
  await bench.turn("disable-account", { account: destination });
  await expect(send(1)).rejects.toMatchObject({ code: "insufficient_capabilities_for_transfer" });
});

describe("the journal", () => {
  it("brings everything back, with what was still to be sent, and cuts off a torn last line", async () => {
    const intent = await paid();
    const key = { idempotencyKey: "kept" };
    const kept = await bench.stripe.paymentIntents.create(params, key);
    await bench.turn("hold", {});
    const refund = await bench.stripe.refunds.create({
      payment_intent: intent.id,
      metadata: { sandbox: "pending" },
    });
    appendFileSync(join(bench.dataDir, "sandbox", "journal.jsonl"), '[["intent","pi_torn",{"id":');
    await bench.restart();
    expect((await bench.stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
    expect((await bench.stripe.paymentIntents.create(params, key)).id).toBe(kept.id);
    bench.heard.length = 0;
    await bench.turn("release", {});
    expect(bench.heard.map(({ event }) => event.type)).toEqual(["refund.created", "charge.refunded"]);
    await bench.turn("advance", { seconds: 7200 });
    expect((await bench.stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
  });

  it("loses nothing acknowledged to kill -9", { timeout: 60_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "sandbox-kill-"));
    const port = await freePort();
    const stripe = new Stripe("sk_test_sandbox", {
      host: "127.0.0.1",
      port,
      protocol: "http",
      maxNetworkRetries: 0,
    });
    const start = () =>
      spawn(process.execPath, ["--import", "tsx", "lib/gateway/sandbox/server.ts"], {
        env: { ...process.env, SANDBOX_PORT: String(port), DATA_DIR: dataDir, SANDBOX_WEBHOOK_URL: "" },
        stdio: "ignore",
      });
    const up = () =>
      expect
        .poll(
          () =>
            stripe.balance.retrieve().then(
              () => true,
              () => false,
            ),
          { timeout: 15_000 },
        )
        .toBe(true);
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const child = start();
      await up();
      const running = Array.from({ length: 8 }, async () => {
        for (;;) acknowledged.push((await stripe.paymentIntents.create(params)).id);
      });
      setTimeout(() => child.kill("SIGKILL"), 150 + round * 130);
      await Promise.allSettled(running);
    }
    const last = start();
    await up();
    const found = new Set<string>();
    for await (const { id } of stripe.paymentIntents.list({ limit: 100 })) found.add(id);
    last.kill("SIGKILL");
    rmSync(dataDir, { recursive: true, force: true });
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  });
});

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
