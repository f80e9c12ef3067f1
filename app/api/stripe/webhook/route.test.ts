/** Bodies signed with the real secret: what is no event is refused for good, what the shop failed at is asked for again. */
import { beforeAll, expect, test, vi } from "vitest";
import { sql } from "@/db/client";
import { migrate } from "@/db/migrate";
import { requireEnv } from "@/lib/env";
import { signature } from "@/lib/gateway/sandbox/deliveries";

vi.hoisted(() => {
  process.env.STRIPE_SECRET_KEY = "sk_test_webhook";
  process.env.STRIPE_WEBHOOK_SECRET = "whsec_webhook";
});

import { POST } from "./route";

beforeAll(() => migrate(requireEnv("DATABASE_URL")));

const send = async (body: string, sign = signature(body, "whsec_webhook")) => {
  const answer = await POST(
    new Request("http://shop.test/api/stripe/webhook", {
      method: "POST",
      body,
      headers: { "stripe-signature": sign },
    }),
  );
  return answer.status;
};

const event = (object: unknown, more: object = {}) =>
  JSON.stringify({
    id: `evt_${Math.random()}`,
    object: "event",
    type: "payment_intent.succeeded",
    created: 1_790_000_000,
    livemode: false,
    api_version: null,
    data: { object },
    ...more,
  });

const INTENT = {
  object: "payment_intent",
  id: "pi_1",
  status: "succeeded",
  amount: 100,
  amount_received: 100,
  currency: "eur",
  created: 1_790_000_000,
  metadata: {},
};

test("what is no event is refused for good", async () => {
  const bodies = [
    "",
    "no json",
    "null",
    "[]",
    "7",
    "{}",
    '{"id":"evt_1","type":"x","data":null}',
    event(null),
    event(INTENT, { id: undefined }),
    event(INTENT, { id: { a: 1 } }),
    event(INTENT, { id: "evt_\u0000" }),
    event({ ...INTENT, description: "a\u0000b" }),
    event({ ...INTENT, description: "half \ud800 a sign" }),
    event(INTENT, { type: "\udfff" }),
  ];
  for (const body of bodies) expect(await send(body), body).toBe(400);
  expect(await send(event(INTENT), "t=1,v1=00")).toBe(400);
});

test("what is one and not ours is taken, and so is what nobody knows", async () => {
  expect(await send(event(INTENT))).toBe(200);
  expect(await send(event({ object: "person", id: 7 }, { type: "person.updated" }))).toBe(200);
  expect(await send(event({ ...INTENT, description: "\\u0000 and \\\\ud800 in words, 🧵" }))).toBe(200);
  // A session without a sum (it only keeps a card) is nobody's fault.
  const session = {
    object: "checkout.session",
    id: "cs_1",
    status: "complete",
    payment_status: "no_payment_required",
  };
  expect(
    await send(event({ ...session, amount_total: null, currency: null, expires_at: 1_790_000_000 })),
  ).toBe(200);
});

test("what the shop failed at is asked for again", async () => {
  await sql`alter table webhook_event_ids rename to away`;
  try {
    expect(await send(event(INTENT))).toBeGreaterThanOrEqual(500);
  } finally {
    await sql`alter table away rename to webhook_event_ids`;
  }
});
