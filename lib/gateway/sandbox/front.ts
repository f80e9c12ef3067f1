/** From HTTP to the API, the pages and the switches, with the faults that were ordered on the way. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApiAnswer, type ApiRequest, answerApi, hasSecretKey } from "./api";
import { returnAddress, showAuthentication, submitAuthentication } from "./authentication-page";
import { control, type Machinery, takeFault } from "./control";
import { type FormObject, parseForm, text } from "./form";
import type { Fault } from "./model";
import { missingPage, type Page, redirect } from "./page-frame";
import { showPayPage, submitPayPage } from "./pay-page";
import { ApiError } from "./wire";

const LARGEST_BODY = 262_144;

export async function front(machinery: Machinery, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { world } = machinery;
  const url = new URL(req.url ?? "/", "http://sandbox");
  const method = req.method === "HEAD" ? "GET" : (req.method ?? "GET");
  const body = method === "GET" ? "" : await readBody(req);
  if (body === null) return send(res, 413, {}, "Too large.");
  const request = { method, path: url.pathname, query: url.search.slice(1), body, headers: req.headers };

  if (request.path === "/") return send(res, 200, { "content-type": "text/plain" }, "Payment sandbox.\n");
  if (request.path.startsWith("/_sandbox/")) return json(res, await switched(machinery, request));

  const fault = takeFault(world, method, request.path);
  if (fault?.when === "before" && (await failed(fault, res))) return;
  const answer = request.path.startsWith("/v1/") ? api(machinery, request) : page(machinery, request);
  await world.store.flushed();
  if (fault?.when === "after" && (await failed(fault, res))) return;
  send(res, answer.status, answer.headers, answer.body);
}

function api({ world }: Machinery, request: ApiRequest): Page {
  const answer = answerApi(world, request);
  const page = wantsPage(request) ? confirmedPage(world, request, answer) : null;
  return page ?? { ...answer, body: `${JSON.stringify(answer.body, null, 2)}\n` };
}

const wantsPage = (request: ApiRequest): boolean =>
  request.path.endsWith("/confirm") && String(request.headers.accept ?? "").includes("text/html");

/**
 * A browser that posts the card form without JavaScript cannot read JSON: it is sent where a script would go, to the
 * authentication page or to the return address, there with `error` where the card was refused.
 */
function confirmedPage(world: Machinery["world"], request: ApiRequest, answer: ApiAnswer): Page | null {
  const form = parseForm(request.body);
  const intent = world.store.get("intent", request.path.split("/")[3] ?? "");
  const returnUrl = text(form, "return_url");
  if (!intent || !returnUrl || !URL.canParse(returnUrl)) return null;
  // Without the secret nothing is told, not even by a redirect.
  if (text(form, "client_secret") !== intent.client_secret) return null;
  if (intent.next_action?.type === "redirect_to_url") {
    const { pathname, search } = new URL(intent.next_action.redirect_to_url.url);
    return redirect(pathname + search);
  }
  const target = new URL(returnAddress(returnUrl, intent));
  const refusal = answer.body as { error?: { code?: string; decline_code?: string } };
  const open = intent.status === "requires_payment_method";
  if (refusal.error && open) {
    target.searchParams.set("error", refusal.error.decline_code ?? refusal.error.code ?? "card_declined");
  }
  return redirect(target.toString());
}

function page({ world }: Machinery, request: ApiRequest): Page {
  const [, kind, id = ""] = /^\/(pay|3ds)\/([A-Za-z0-9_]+)$/.exec(request.path) ?? [];
  const query = parseForm(request.query);
  const form = parseForm(request.body);
  world.request = { id: null, idempotency_key: null };
  return world.store.transaction(() => {
    if (kind === "pay" && request.method === "GET") return showPayPage(world, id, query);
    if (kind === "pay" && request.method === "POST") return submitPayPage(world, id, form);
    if (kind === "3ds" && request.method === "GET") return showAuthentication(world, id, query);
    if (kind === "3ds" && request.method === "POST") return submitAuthentication(world, id, query, form);
    return missingPage();
  });
}

async function switched(
  machinery: Machinery,
  request: ApiRequest,
): Promise<{ status: number; body: unknown }> {
  if (!hasSecretKey(machinery.world, request))
    return { status: 401, body: { error: { message: "Secret key only." } } };
  try {
    const name = request.path.slice("/_sandbox/".length);
    const answer = await control(machinery, name, switchForm(request));
    await machinery.world.store.flushed();
    return answer;
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: { error: error.body } };
    throw error;
  }
}

/** The switches take JSON as well, because tests like to write it. */
function switchForm({ method, query, body, headers }: ApiRequest): FormObject {
  if (method === "GET") return parseForm(query);
  if (!String(headers["content-type"] ?? "").includes("json")) return parseForm(body);
  const given: unknown = JSON.parse(body || "{}");
  if (typeof given !== "object" || given === null) return {};
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
}

/** Plays a fault; true when the request is over with it. */
async function failed({ kind, ms }: Fault, res: ServerResponse): Promise<boolean> {
  if (kind === "slow") {
    await new Promise((late) => setTimeout(late, ms));
    return false;
  }
  if (kind === "cut") res.socket?.destroy();
  if (kind === "timeout") await new Promise((resolve) => res.once("close", resolve));
  if (kind === "limit") {
    const error = { type: "invalid_request_error", code: "rate_limit", message: "Too many requests." };
    json(res, { status: 429, body: { error } });
  }
  if (kind === "error") {
    const error = { type: "api_error", message: "An unknown error occurred (ordered by a test)." };
    json(res, { status: 500, body: { error } });
  }
  return true;
}

async function readBody(req: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function json(res: ServerResponse, answer: { status: number; body: unknown }): void {
  send(res, answer.status, { "content-type": "application/json" }, `${JSON.stringify(answer.body)}\n`);
}

function send(res: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  res.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  res.end(body);
}
