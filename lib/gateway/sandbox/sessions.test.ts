import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bench, startBench } from "./testing";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const open = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  bench.stripe.checkout.sessions.create({
    mode: "payment",
    success_url: "http://shop.test/orders/1?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://shop.test/checkout/payment",
    line_items: [
      {
        quantity: 2,
        price_data: { currency: "eur", unit_amount: 1250, product_data: { name: "Bowl <one>" } },
      },
    ],
    payment_intent_data: { metadata: { payment_id: "p7" } },
    ...more,
  });

const page = (session: Stripe.Checkout.Session) => `${bench.sandbox().url}/pay/${session.id}`;

const submit = async (session: Stripe.Checkout.Session, number: string) => {
  const body = new URLSearchParams({ number, expiry: "12 / 39", cvc: "123" });
  const response = await fetch(page(session), { method: "POST", body, redirect: "manual" });
  expect(response.status).toBe(303);
  return response.headers.get("location") ?? "";
};

const follow = async (location: string) =>
  (await fetch(bench.sandbox().url + location.replace(/^\/sandbox/, ""))).text();

it("is paid on its page without JavaScript: decline, wrong number, then success", async () => {
  const session = await open();
  expect(session.url).toBe(`http://shop.test/sandbox/pay/${session.id}`);
  const first = await fetch(page(session));
  const markup = await first.text();
  expect(markup).toContain("€25.00");
  expect(markup).toContain("Bowl &#60;one&#62;");
  expect(markup).not.toContain("<script");
  expect(first.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(markup).toContain('href="http://shop.test/checkout/payment"');

  expect(await follow(await submit(session, "4000000000000002"))).toContain("Your card was declined");
  const wrong = await follow(await submit(session, "4242424242424241"));
  expect(wrong).toMatch(/aria-invalid="true" aria-describedby="number-why"/);
  expect(await submit(session, "4242 4242 4242 4242")).toBe(
    `http://shop.test/orders/1?session=${session.id}`,
  );

  const after = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(after).toMatchObject({ status: "complete", payment_status: "paid", url: null, amount_total: 2500 });
  expect(after.payment_intent).toMatchObject({ status: "succeeded", metadata: { payment_id: "p7" } });
  // A second submit of the same page pays nothing.
  await submit(session, "4242424242424242");
  const { data } = await bench.stripe.charges.list({
    payment_intent: (after.payment_intent as { id: string }).id,
  });
  expect(data.filter((charge) => charge.paid)).toHaveLength(1);
  await bench.turn("flush", {});
  expect(bench.heard.map(({ event }) => event.type)).toContain("checkout.session.completed");
});

it("goes over the bank's page and comes back, with an error or paid", async () => {
  const session = await open();
  const outcome = async (value: string) => {
    const bank = await submit(session, "4000002500003155");
    expect(bank).toMatch(/^\/sandbox\/3ds\/pi_/);
    const body = new URLSearchParams({ outcome: value });
    const url = bench.sandbox().url + bank.replace("/sandbox", "");
    const response = await fetch(url, { method: "POST", body, redirect: "manual" });
    return response.headers.get("location") ?? "";
  };
  expect(await follow(await outcome("fail"))).toContain("The payment was not confirmed");
  expect(await outcome("complete")).toBe(`http://shop.test/orders/1?session=${session.id}`);
});

it("takes the imitated PayPal as well", async () => {
  const session = await open();
  const body = new URLSearchParams({ method: "paypal" });
  const response = await fetch(page(session), { method: "POST", body, redirect: "manual" });
  expect(await follow(response.headers.get("location") ?? "")).toContain("your PayPal account");
});

it("expires by hand and by time, and its intent with it", async () => {
  const byHand = await open();
  await submit(byHand, "4000000000000002");
  const known = await bench.stripe.checkout.sessions.retrieve(byHand.id);
  await expect(bench.stripe.paymentIntents.cancel(String(known.payment_intent))).rejects.toThrow(
    /Checkout Session/,
  );
  expect((await bench.stripe.checkout.sessions.expire(byHand.id)).status).toBe("expired");
  await expect(bench.stripe.checkout.sessions.expire(byHand.id)).rejects.toThrow(/open/);
  expect((await bench.stripe.paymentIntents.retrieve(String(known.payment_intent))).status).toBe("canceled");
  expect(await follow(await submitExpired(byHand))).toContain("has expired");

  const byTime = await open({ expires_at: Math.floor(Date.now() / 1000) + 1900 });
  await bench.turn("advance", { seconds: 2000 });
  expect((await bench.stripe.checkout.sessions.retrieve(byTime.id)).status).toBe("expired");
  await expect(open({ expires_at: Math.floor(Date.now() / 1000) + 60 })).rejects.toThrow(/expires_at/);
});

const submitExpired = async (session: Stripe.Checkout.Session) => `/sandbox/pay/${session.id}`;
