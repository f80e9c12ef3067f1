/** A small receiver of OTLP hears how a request's action, statement, call to the gateway and job hang together. */
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "@/db/client";
import { migrate } from "@/db/migrate";
import { withTx } from "@/db/tx";
import { requireEnv } from "@/lib/env";
import { call } from "@/lib/gateway/stripe";
import { enqueue } from "@/lib/queue";
import { notes } from "@/lib/running/notes.mjs";
import { flushTraces, span } from "@/lib/running/trace.mjs";
import { handlers } from "./tasks";
import { runJobsOnce } from "./worker";

type Attribute = { key: string; value: { stringValue?: string; intValue?: string } };
type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: Attribute[];
  status: { code: number; message?: string };
  startTimeUnixNano: string;
  endTimeUnixNano: string;
};

let heard: Span[] = [];
let service: string | undefined;
let key: string | undefined;
const receiver = createServer(async (req, res) => {
  let body = "";
  for await (const chunk of req) body += chunk;
  if (req.url === "/v1/traces") {
    const [{ resource, scopeSpans }] = JSON.parse(body).resourceSpans;
    service = resource.attributes.find((one: Attribute) => one.key === "service.name").value.stringValue;
    key = req.headers["x-key"] as string | undefined;
    heard.push(...scopeSpans[0].spans);
  }
  if (req.url === "/v1/payment_intents/pi_1/cancel") {
    const error = {
      type: "invalid_request_error",
      code: "payment_intent_unexpected_state",
      message: "of ada@example.com",
    };
    res.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error }));
    return;
  }
  if (req.url === "/v1/payment_intents") {
    res.setHeader("content-type", "application/json").end('{"id":"pi_1","status":"requires_capture"}');
    return;
  }
  // To Stripe's SDK this is an empty list.
  res.setHeader("content-type", "application/json").end('{"object":"list","data":[],"has_more":false}');
});

beforeAll(async () => {
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const { port } = receiver.address() as { port: number };
  process.env.SANDBOX_URL = `http://127.0.0.1:${port}`;
  process.env.STRIPE_SECRET_KEY = "sk_test_trace";
  await migrate(requireEnv("DATABASE_URL"));
});
afterAll(() => {
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  receiver.close();
});

async function work() {
  handlers["queue.ping"] = async () => {
    await sql`select 'in the job'`;
  };
  await notes.run({ database: false, request: "req-1", order: "order-1" }, () =>
    span("action pay", {}, async () => {
      await withTx((tx) => enqueue(tx, "queue.ping", { note: "ada@example.com" }));
      await call((api) => api.refunds.list());
    }),
  );
  await runJobsOnce(requireEnv("DATABASE_URL"));
  await flushTraces();
}

test("off, nothing is sent and a job's payload is what it was", async () => {
  handlers["queue.ping"] = async () => {};
  await notes.run({ database: false }, () =>
    span("action", {}, () => withTx((tx) => enqueue(tx, "queue.ping", {}))),
  );
  const [row] = await sql`select payload from graphile_worker._private_jobs order by id desc limit 1`;
  expect(row?.payload).toEqual({});
  await work();
  expect(heard).toEqual([]);
});

test("on, action, statement, gateway and job are one trace, without anybody's data", async () => {
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `${process.env.SANDBOX_URL}/`;
  process.env.OTEL_EXPORTER_OTLP_HEADERS = "x-key=a%20b";
  heard = [];
  await work();
  const named = (name: string) => heard.find((one) => one.name === name);
  const action = named("action pay");
  const gateway = named("gateway refunds.list");
  const job = named("job queue.ping");
  expect(action?.parentSpanId).toBeUndefined();
  expect(new Set(heard.map(({ traceId }) => traceId)).size).toBe(1);
  expect(gateway).toMatchObject({ parentSpanId: action?.spanId, kind: 3 });
  expect(job).toMatchObject({ parentSpanId: action?.spanId, kind: 5 });
  const statements = heard.filter(({ name }) => name.startsWith("db "));
  expect(statements.some(({ parentSpanId }) => parentSpanId === action?.spanId)).toBe(true);
  expect(statements.some(({ parentSpanId }) => parentSpanId === job?.spanId)).toBe(true);
  expect(action?.attributes).toContainEqual({ key: "shop.order", value: { stringValue: "order-1" } });
  expect(BigInt(action?.endTimeUnixNano ?? 0)).toBeGreaterThanOrEqual(BigInt(action?.startTimeUnixNano ?? 1));
  expect(JSON.stringify(heard)).not.toContain("ada@example.com");
  expect([service, key]).toEqual(["tallystick", "a b"]);
});

test("each call of the gateway is a span with its name, its order and what came of it", async () => {
  heard = [];
  await span("job settle", {}, () =>
    call(async (api) => {
      await api.paymentIntents.create({ amount: 1, currency: "eur", metadata: { order_id: "order-2" } });
      await api.checkout.sessions.retrieve("cs_1");
      return api.paymentIntents.cancel("pi_1", { cancellation_reason: "abandoned" }).catch(() => {});
    }),
  );
  await flushTraces();
  const told = heard
    .filter(({ name }) => name.startsWith("gateway "))
    .map(({ name, attributes, status }) => [
      name,
      status.code,
      ...attributes.map(({ value }) => value.stringValue),
    ]);
  expect(told).toEqual([
    ["gateway payment_intents.create", 0, "order-2", "requires_capture"],
    ["gateway checkout.sessions.retrieve", 0, "ok"],
    ["gateway payment_intents.cancel", 2, "payment_intent_unexpected_state"],
  ]);
});

test("a span that fails says so by the kind of its error alone; what throws still throws", async () => {
  heard = [];
  await expect(span("action fails", {}, async () => sql`select 1 / 0`)).rejects.toThrow();
  await flushTraces();
  expect(heard.find(({ name }) => name === "action fails")?.status).toEqual({
    code: 2,
    message: "PostgresError",
  });
});

test("a receiver that is away harms nothing", async () => {
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:9";
  expect(await span("action alone", {}, async () => 7)).toBe(7);
  await flushTraces();
});
