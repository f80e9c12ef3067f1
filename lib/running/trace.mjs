// @ts-check
/**
 * Traces in OpenTelemetry's terms: a request, its action, its statements, its calls to the gateway and its jobs are
 * spans of one trace. Off unless OTEL_EXPORTER_OTLP_ENDPOINT is set; then sent as OTLP over HTTP with JSON. Written out
 * here because OpenTelemetry's packages for it weigh more than the rest of the server's (docs/watching.md).
 */
import { randomBytes } from "node:crypto";
import { drain } from "./drain.mjs";
import { notes } from "./notes.mjs";

/** @typedef {Record<string, string | number | undefined>} Attributes */
/** @typedef {{ traceId: string, spanId: string, parentSpanId?: string, name: string, kind: number, startTimeUnixNano: string, endTimeUnixNano: string, attributes: unknown[], status: { code: number, message?: string } }} Span */
/** @typedef {(error?: unknown, more?: Attributes) => void} End */

const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const EVERY_MS = 2_000;
const BATCH = 512;
/** More are forgotten: a receiver that is away must not fill the memory. */
const MOST = 4_096;
const SEND_MS = 5_000;
const KEY = Symbol.for("tallystick.trace");

/** @typedef {{ spans: Span[], timer: NodeJS.Timeout | undefined, isHooked: boolean }} Outbox */
/** @returns {Outbox} */
function outbox() {
  const shared = /** @type {Record<symbol, Outbox>} */ (/** @type {any} */ (globalThis));
  shared[KEY] ??= { spans: [], timer: undefined, isHooked: false };
  return shared[KEY];
}

/** Whether anything is traced. */
export const isTracing = () => Boolean(process.env.OTEL_EXPORTER_OTLP_ENDPOINT);

/**
 * Runs `work` as a span of what is being worked on; what it begins hangs below it.
 * @template T
 * @param {string} name
 * @param {{ kind?: keyof typeof KINDS, parent?: string | undefined, attributes?: Attributes }} about
 * @param {() => T} work
 * @returns {T}
 */
export function span(name, about, work) {
  if (!isTracing()) return work();
  const { end, context } = begin(name, about);
  return notes.run({ database: false, ...notes.getStore(), trace: context }, () => {
    try {
      const result = work();
      if (result instanceof Promise)
        result.then(
          () => end(),
          (/** @type {unknown} */ error) => end(error),
        );
      else end();
      return result;
    } catch (error) {
      end(error);
      throw error;
    }
  });
}

/**
 * Begins a span whose end is told by `end`. `context` is what its children are given as parent.
 * @param {string} name
 * @param {{ kind?: keyof typeof KINDS, parent?: string | undefined, attributes?: Attributes }} about
 * @returns {{ context: string, end: End }}
 */
export function begin(name, { kind = "internal", parent = notes.getStore()?.trace, attributes = {} } = {}) {
  hookDatabase();
  const [traceId = hex(16), parentSpanId] = parent?.split("-") ?? [];
  const spanId = hex(8);
  const startTimeUnixNano = nano();
  let isOver = false;
  return {
    context: `${traceId}-${spanId}`,
    end(error, more = {}) {
      if (isOver) return;
      isOver = true;
      const { request, order } = notes.getStore() ?? {};
      send({
        traceId,
        spanId,
        ...(parentSpanId && { parentSpanId }),
        name,
        kind: KINDS[kind],
        startTimeUnixNano,
        endTimeUnixNano: nano(),
        attributes: listOf({
          ...attributes,
          ...more,
          "shop.request": request,
          "shop.order": order ?? attributes["shop.order"],
        }),
        // The message of an error may quote what somebody typed: its kind must do.
        status: error ? { code: 2, message: error instanceof Error ? error.name : "error" } : { code: 0 },
      });
    },
  };
}

/** Sends what waits; for the end of a process. */
export async function flushTraces() {
  const { spans } = outbox();
  while (spans.length > 0) await post(spans.splice(0, BATCH));
}

/** @param {Span} span */
function send(span) {
  const box = outbox();
  if (!box.isHooked) {
    box.isHooked = true;
    drain().work.add(flushTraces);
  }
  if (box.spans.length >= MOST) return;
  box.spans.push(span);
  box.timer ??= setTimeout(() => {
    box.timer = undefined;
    void flushTraces();
  }, EVERY_MS).unref();
}

/** db/guarded.ts imports nothing of ours: it looks for this function. */
function hookDatabase() {
  const shared = /** @type {Record<symbol, unknown>} */ (/** @type {any} */ (globalThis));
  shared[Symbol.for("tallystick.trace.statement")] ??= (/** @type {string} */ text) => {
    if (!isTracing() || !notes.getStore()?.trace) return undefined;
    // The text has places for values, never values.
    const short = text.replace(/\s+/g, " ").trim().slice(0, 1_000);
    const name = /^\w+/.exec(short)?.[0].toUpperCase() ?? "STATEMENT";
    return begin(`db ${name}`, {
      kind: "client",
      attributes: { "db.system.name": "postgresql", "db.query.text": short },
    }).end;
  };
}

/** @param {Span[]} spans */
async function post(spans) {
  const body = {
    resourceSpans: [
      {
        resource: {
          attributes: listOf({
            "service.name": process.env.OTEL_SERVICE_NAME || "tallystick",
            "process.pid": process.pid,
            "service.instance.id": process.env.APP_NAME,
          }),
        },
        scopeSpans: [{ scope: { name: "tallystick" }, spans }],
      },
    ],
  };
  const address = `${process.env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, "")}/v1/traces`;
  await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers() },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(SEND_MS),
  }).then(
    (answer) => answer.arrayBuffer(),
    () => {},
  );
}

function headers() {
  const pairs = (process.env.OTEL_EXPORTER_OTLP_HEADERS ?? "").split(",").map((pair) => pair.split(/=(.*)/s));
  return Object.fromEntries(
    pairs
      .filter(([name]) => name?.trim())
      .map(([name, value = ""]) => [name?.trim(), decodeURIComponent(value)]),
  );
}

/** @param {Attributes} attributes */
const listOf = (attributes) =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({
      key,
      value: typeof value === "number" ? { intValue: String(Math.round(value)) } : { stringValue: value },
    }));

/** @param {number} bytes */
const hex = (bytes) => randomBytes(bytes).toString("hex");
const nano = () => String(BigInt(Math.round((performance.timeOrigin + performance.now()) * 1_000)) * 1_000n);
