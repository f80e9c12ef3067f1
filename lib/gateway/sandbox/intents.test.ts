import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirmAsShopper } from "./shopper";
import { type Bench, cardForm, startBench } from "./testing";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const open = (amount = 4200, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  bench.stripe.paymentIntents.create({ amount, currency: "eur", metadata: { payment_id: "p1" }, ...more });

const pay = (intent: Stripe.PaymentIntent, card: string) =>
  confirmAsShopper({
    url: bench.sandbox().url,
    publishableKey: "pk_test_sandbox",
    clientSecret: intent.client_secret ?? "",
    card,
    returnUrl: "http://shop.test/orders/1",
  });

const typesOf = (id: string) => {
  const about = bench.heard
    .map(({ event }) => event)
    .filter((event) => {
      const object = event.data.object as { id?: string; payment_intent?: string | null };
      return object.id === id || object.payment_intent === id;
    });
  return about.map((event) => event.type);
};

describe("cards", () => {
  it("takes the good card, books fee and charge, and tells the shop", async () => {
    const intent = await open();
    expect((await pay(intent, "4242 4242 4242 4242")).status).toBe("succeeded");
    const paid = await bench.stripe.paymentIntents.retrieve(intent.id, {
      expand: ["latest_charge.balance_transaction"],
    });
    const charge = paid.latest_charge as Stripe.Charge;
    const entry = charge.balance_transaction as Stripe.BalanceTransaction;
    expect(paid).toMatchObject({
      status: "succeeded",
      amount_received: 4200,
      metadata: { payment_id: "p1" },
    });
    expect(charge.payment_method_details?.card).toMatchObject({ brand: "visa", last4: "4242" });
    expect(entry).toMatchObject({ amount: 4200, fee: 88, net: 4112 });
    await bench.turn("flush", {});
    expect(typesOf(intent.id)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
    ]);
  });

  it.each([
    ["4000000000000002", "generic_decline"],
    ["4000000000009995", "insufficient_funds"],
    ["4000000000000069", "expired_card"],
    ["4000000000000119", "processing_error"],
    ["4111111111111111", "test_mode_live_card"],
  ])("declines %s with %s, and the same intent can be paid after it", async (card, code) => {
    const intent = await open();
    expect(await pay(intent, card)).toMatchObject({ status: "requires_payment_method", error: code });
    const after = await bench.stripe.paymentIntents.retrieve(intent.id);
    expect(after.last_payment_error?.type).toBe("card_error");
    expect((await pay(intent, "4242424242424242")).status).toBe("succeeded");
  });

  it.each([
    ["4242424242424241", {}, "incorrect_number"],
    ["4242424242424242", { "payment_method_data[card][exp_year]": "2019" }, "invalid_expiry_year"],
    ["4242424242424242", { "payment_method_data[card][cvc]": "1" }, "invalid_cvc"],
  ])("refuses %s %o before any charge: %s", async (card, fields, code) => {
    const intent = await open();
    const response = await fetch(`${bench.sandbox().url}/v1/payment_intents/${intent.id}/confirm`, {
      method: "POST",
      body: cardForm(card, { key: "pk_test_sandbox", client_secret: intent.client_secret ?? "", ...fields }),
    });
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({ error: { type: "card_error", code } });
  });

  it("asks for authentication; completing pays, twice changes nothing", async () => {
    const intent = await open();
    const { status, nextUrl } = await pay(intent, "4000002500003155");
    expect(status).toBe("requires_action");
    expect(nextUrl).toMatch(/^http:\/\/shop\.test\/sandbox\/3ds\/pi_/);
    const { pathname, search } = new URL(nextUrl ?? "");
    const page = `${bench.sandbox().url}${pathname.replace("/sandbox", "")}`;
    expect((await fetch(page)).status).toBe(404);
    expect(await (await fetch(page + search)).text()).toContain("€42.00");
    for (let i = 0; i < 2; i += 1) {
      const body = new URLSearchParams({ outcome: "complete" });
      const done = await fetch(page + search, { method: "POST", body, redirect: "manual" });
      expect(done.status).toBe(303);
      const back = new URL(done.headers.get("location") ?? "");
      expect(back.searchParams.get("redirect_status")).toBe("succeeded");
      expect(back.searchParams.get("payment_intent")).toBe(intent.id);
    }
    await bench.turn("flush", {});
    expect(typesOf(intent.id).filter((type) => type === "payment_intent.succeeded")).toHaveLength(1);
  });

  it("failed authentication leaves the intent open with the reason", async () => {
    const intent = await open();
    const { nextUrl } = await pay(intent, "4000002500003155");
    const { pathname, search } = new URL(nextUrl ?? "");
    const body = new URLSearchParams({ outcome: "fail" });
    await fetch(bench.sandbox().url + pathname.replace("/sandbox", "") + search, {
      method: "POST",
      body,
      redirect: "manual",
    });
    const after = await bench.stripe.paymentIntents.retrieve(intent.id);
    expect(after.status).toBe("requires_payment_method");
    expect(after.last_payment_error?.code).toBe("payment_intent_authentication_failure");
  });

  it.each([
    ["4000000000011116", "succeeded"],
    ["4000000000022220", "requires_payment_method"],
  ])("keeps %s in processing, then %s", async (card, end) => {
    const intent = await open();
    expect((await pay(intent, card)).status).toBe("processing");
    await expect(bench.stripe.paymentIntents.cancel(intent.id)).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
    await bench.turn("advance", { seconds: 7200 });
    expect((await bench.stripe.paymentIntents.retrieve(intent.id)).status).toBe(end);
  });

  it("disputes 0259 later, and evidence wins it", async () => {
    const intent = await open();
    await pay(intent, "4000000000000259");
    await bench.turn("advance", { seconds: 7200 });
    const { data } = await bench.stripe.disputes.list({ payment_intent: intent.id });
    expect(data[0]).toMatchObject({ amount: 4200, status: "needs_response", reason: "fraudulent" });
    const won = await bench.stripe.disputes.update(data[0]?.id ?? "", {
      evidence: { uncategorized_text: "winning_evidence" },
    });
    expect(won.status).toBe("won");
    await bench.turn("flush", {});
    expect(typesOf(intent.id)).toContain("charge.dispute.created");
  });
});

describe("intents", () => {
  it("cancels, updates and lists like Stripe", async () => {
    const intent = await open(1000);
    const updated = await bench.stripe.paymentIntents.update(intent.id, {
      amount: 1500,
      metadata: { more: "yes" },
    });
    expect(updated).toMatchObject({ amount: 1500, metadata: { payment_id: "p1", more: "yes" } });
    expect((await bench.stripe.paymentIntents.cancel(intent.id)).status).toBe("canceled");
    await expect(bench.stripe.paymentIntents.update(intent.id, { amount: 99 })).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
    const seen: string[] = [];
    for await (const row of bench.stripe.paymentIntents.list({ limit: 3 })) seen.push(row.id);
    expect(seen).toContain(intent.id);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("refuses what Stripe refuses", async () => {
    await expect(open(49)).rejects.toMatchObject({ code: "amount_too_small", statusCode: 400 });
    await expect(bench.stripe.paymentIntents.retrieve("pi_none")).rejects.toMatchObject({
      code: "resource_missing",
      statusCode: 404,
    });
  });

  it("gives the browser nothing without the client secret, and no account calls at all", async () => {
    const intent = await open();
    const ask = (path: string) => fetch(`${bench.sandbox().url}/v1/${path}`);
    expect((await ask(`payment_intents/${intent.id}`)).status).toBe(401);
    expect((await ask(`payment_intents/${intent.id}?key=pk_test_sandbox`)).status).toBe(400);
    expect((await ask("payment_intents?key=pk_test_sandbox")).status).toBe(401);
    const seen = await ask(
      `payment_intents/${intent.id}?key=pk_test_sandbox&client_secret=${intent.client_secret}`,
    );
    expect(await seen.json()).not.toHaveProperty("metadata");
  });

  it("sends a browser without JavaScript on its way by redirect", async () => {
    const intent = await open();
    const post = (card: string) =>
      fetch(`${bench.sandbox().url}/v1/payment_intents/${intent.id}/confirm`, {
        method: "POST",
        redirect: "manual",
        headers: { accept: "text/html,*/*" },
        body: cardForm(card, {
          key: "pk_test_sandbox",
          client_secret: intent.client_secret ?? "",
          return_url: "http://shop.test/back",
        }),
      });
    const refused = new URL((await post("4000000000000002")).headers.get("location") ?? "");
    expect(refused.searchParams.get("error")).toBe("generic_decline");
    expect((await post("4000002500003155")).headers.get("location")).toMatch(/^\/sandbox\/3ds\/pi_/);
    const paid = new URL((await post("4242424242424242")).headers.get("location") ?? "");
    expect(paid.searchParams.get("redirect_status")).toBe("succeeded");
    expect(paid.searchParams.has("error")).toBe(false);
  });
});
