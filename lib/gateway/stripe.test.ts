import { afterAll, beforeAll, expect, it } from "vitest";
import { confirmAsShopper } from "./sandbox/shopper";
import { type Bench, startBench } from "./sandbox/testing";

let bench: Bench;
let gateway: typeof import("./stripe");
let refunds: typeof import("./refunds");
let forward: typeof import("@/app/sandbox/[...path]/route");
const names = ["SANDBOX_URL", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "SITE_URL"] as const;
const before = names.map((name) => [name, process.env[name]] as const);

beforeAll(async () => {
  bench = await startBench();
  process.env.SANDBOX_URL = bench.sandbox().url;
  process.env.STRIPE_SECRET_KEY = "sk_test_sandbox";
  process.env.STRIPE_WEBHOOK_SECRET = "whsec_gateway";
  process.env.SITE_URL = "http://shop.test";
  // Settings are read once: only now.
  gateway = await import("./stripe");
  refunds = await import("./refunds");
  forward = await import("@/app/sandbox/[...path]/route");
});
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await bench.close();
});

let count = 0;
const input = (more: { amount?: number } = {}) => {
  count += 1;
  return {
    paymentId: `pay-${count}`,
    orderId: `ord-${count}`,
    orderNumber: `MR-${count}`,
    amount: 4200,
    currency: "EUR",
    idempotencyKey: `pay-${count}:1`,
    ...more,
  };
};
const pay = (clientSecret: string | null, card = "4242424242424242") =>
  confirmAsShopper({
    url: bench.sandbox().url,
    publishableKey: "pk_test_sandbox",
    clientSecret: clientSecret ?? "",
    card,
  });

it("opens one intent per key, and knows how it was paid", async () => {
  const given = input();
  const [first, second] = await Promise.all([gateway.createIntent(given), gateway.createIntent(given)]);
  expect(second.id).toBe(first.id);
  expect(first).toMatchObject({
    amount: 4200,
    currency: "EUR",
    livemode: false,
    status: "requires_payment_method",
  });
  await pay(first.clientSecret);
  expect(await gateway.retrieveIntent(first.id)).toMatchObject({
    status: "succeeded",
    amountReceived: 4200,
    methodType: "card",
    cardLast4: "4242",
    metadata: { payment_id: given.paymentId, order_id: given.orderId, order_number: given.orderNumber },
  });
});

it("cancels, or tells that the money came first", async () => {
  const open = await gateway.createIntent(input());
  expect((await gateway.cancelIntent(open.id)).status).toBe("canceled");
  expect((await gateway.cancelIntent(open.id)).status).toBe("canceled");
  const paid = await gateway.createIntent(input());
  await pay(paid.clientSecret);
  expect((await gateway.cancelIntent(paid.id)).status).toBe("succeeded");
  await expect(gateway.updateIntent(paid.id, { amount: 5000 })).rejects.toMatchObject({
    code: "payment_closed",
  });
});

it("speaks the shop's errors", async () => {
  await expect(gateway.createIntent(input({ amount: 10 }))).rejects.toMatchObject({
    code: "amount_too_small",
    data: { minimum: 50, currency: "EUR" },
  });
  await expect(gateway.retrieveIntent("pi_none")).rejects.toMatchObject({ name: "GatewayRefusal" });
  await bench.turn("fault", { kind: "error", when: "before", count: 3 });
  await expect(gateway.createIntent(input())).rejects.toMatchObject({ code: "gateway_unavailable" });
});

it("never refunds more than there is", async () => {
  const intent = await gateway.createIntent(input());
  await pay(intent.clientSecret);
  const part = { intentId: intent.id, amount: 4000, idempotencyKey: "r1", metadata: { refund_id: "r1" } };
  const first = await refunds.refund(part);
  expect(await refunds.refund(part)).toEqual(first);
  expect(await refunds.retrieveRefund(first.id)).toMatchObject({ status: "succeeded", intentId: intent.id });
  await expect(refunds.refund({ ...part, amount: 300, idempotencyKey: "r2" })).rejects.toMatchObject({
    code: "conflict",
  });
});

it("opens a page to pay on and closes it", async () => {
  const urls = { successUrl: "http://shop.test/orders/1", cancelUrl: "http://shop.test/checkout/payment" };
  const session = await gateway.createCheckoutSession({ ...input(), ...urls, expiresAt: new Date() });
  expect(session.expiresAt.getTime()).toBeGreaterThan(Date.now() + 30 * 60_000);
  expect((await gateway.expireCheckoutSession(session.id)).status).toBe("expired");
  expect((await gateway.expireCheckoutSession(session.id)).status).toBe("expired");
});

it("lists everything since a moment, over pages", async () => {
  const made: string[] = [];
  for (let i = 0; i < 105; i += 1) made.push((await gateway.createIntent(input())).id);
  const seen: string[] = [];
  for await (const intent of gateway.listIntents({ createdAfter: new Date(Date.now() - 60_000) }))
    seen.push(intent.id);
  expect(made.filter((id) => !seen.includes(id))).toEqual([]);
});

it("reads its events, and refuses a wrong or old signature", async () => {
  const { signature } = await import("./sandbox/deliveries");
  const intent = await gateway.createIntent(input());
  await pay(intent.clientSecret);
  const { data } = await bench.stripe.events.list({ type: "payment_intent.succeeded", limit: 1 });
  const body = JSON.stringify(data[0], null, 2);
  const event = gateway.constructEvent(body, signature(body, "whsec_gateway"));
  expect(event).toMatchObject({
    type: "payment_intent.succeeded",
    intentId: intent.id,
    paymentId: intent.metadata.payment_id,
    subject: { kind: "intent", intent: { status: "succeeded", amountReceived: 4200 } },
  });
  expect(JSON.stringify(event?.payload)).not.toContain("client_secret");
  expect(gateway.constructEvent(body, signature(body, "whsec_other"))).toBeNull();
  expect(gateway.constructEvent(body, signature(body, "whsec_gateway", 1_000))).toBeNull();
  expect(gateway.constructEvent(`${body} `, signature(body, "whsec_gateway"))).toBeNull();
  expect(gateway.constructEvent(body, null)).toBeNull();
});

it("keeps of a stored answer neither secrets nor people nor card numbers", async () => {
  const { redacted } = await import("./redact");
  const intent = await gateway.createIntent(input());
  await pay(intent.clientSecret);
  const raw = await bench.stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] });
  const text = JSON.stringify(redacted(raw));
  expect(text).toContain('"card":{"brand":"visa","last4":"4242"}');
  expect(text).not.toMatch(/_secret_|exp_month|receipt_email/);
});

it("forwards only what a browser needs there, and only from the shop's own pages", async () => {
  const ask = (method: "GET" | "POST", path: string, headers: Record<string, string> = {}, body?: string) => {
    const request = new Request(`http://shop.test/sandbox/${path}`, {
      method,
      headers: { host: "shop.test", ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const params = Promise.resolve({ path: new URL(request.url).pathname.split("/").slice(2) });
    return method === "GET" ? forward.GET(request, { params }) : forward.POST(request, { params });
  };
  const own = { origin: "http://shop.test", "content-type": "application/x-www-form-urlencoded" };
  const secret = { authorization: "Bearer sk_test_sandbox" };
  expect((await ask("POST", "_sandbox/hold", { ...own, ...secret }, "")).status).toBe(404);
  expect((await ask("GET", "v1/payment_intents", secret)).status).toBe(404);
  expect((await ask("POST", "v1/refunds", { ...own, ...secret }, "")).status).toBe(404);
  const { id, clientSecret } = await gateway.createIntent(input());
  expect((await ask("GET", `v1/payment_intents/${id}`, secret)).status).toBe(401);
  const confirm = (origin: Record<string, string>, returnUrl: string, accept = "text/html") =>
    ask(
      "POST",
      `v1/payment_intents/${id}/confirm`,
      { ...own, ...origin, accept },
      new URLSearchParams({
        key: "pk_test_sandbox",
        client_secret: clientSecret ?? "",
        return_url: returnUrl,
        "payment_method_data[type]": "card",
        "payment_method_data[card][number]": "4000000000000002",
        "payment_method_data[card][exp_month]": "12",
        "payment_method_data[card][exp_year]": "39",
        "payment_method_data[card][cvc]": "123",
      }).toString(),
    );
  expect((await confirm({ origin: "http://evil.test" }, "http://shop.test/x")).status).toBe(403);
  expect((await confirm({ origin: "null" }, "http://shop.test/x")).status).toBe(403);
  expect((await confirm({}, "http://evil.test/x")).status).toBe(502);
  const sent = await confirm({}, "http://shop.test/x");
  expect(sent.status).toBe(303);
  expect(sent.headers.get("location")).toContain("error=generic_decline");
  const told = await confirm({}, "http://shop.test/x", "application/json");
  expect([told.status, await told.json()]).toMatchObject([
    200,
    { error: { decline_code: "generic_decline" } },
  ]);
});

it("says that the payment service does not answer when it is gone", async () => {
  await bench.sandbox().close();
  const started = Date.now();
  await expect(gateway.createIntent(input())).rejects.toMatchObject({ code: "gateway_unavailable" });
  expect(Date.now() - started).toBeLessThan(16_500);
  await bench.restart();
});
