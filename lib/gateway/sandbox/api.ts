/** The API's front door: keys, idempotency, errors in the provider's form. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Answer, Call } from "./call";
import { type FormObject, parseForm, text } from "./form";
import { expanded } from "./lists";
import { findRoute } from "./routes";
import { ApiError, invalid, newId, unauthorised } from "./wire";
import { API_VERSION, type World } from "./world";

export type ApiRequest = {
  method: string;
  path: string;
  query: string;
  body: string;
  headers: Record<string, string | string[] | undefined>;
};

export type ApiAnswer = Answer & { headers: Record<string, string> };

/** Answers one call. Everything it changes is one transaction; the caller waits for the disk before it answers. */
export function answerApi(world: World, request: ApiRequest): ApiAnswer {
  const requestId = newId("req", 14);
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "cache-control": "no-cache, no-store",
    "request-id": requestId,
    "stripe-version": header(request, "stripe-version") ?? API_VERSION,
  };
  const key = header(request, "idempotency-key");
  if (key) headers["idempotency-key"] = key;
  try {
    const { status, body, replayed } = world.store.transaction(() => perform(world, request, requestId, key));
    if (replayed) headers["idempotent-replayed"] = "true";
    if (replayed) headers["original-request"] = replayed;
    return { status, body, headers };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: { error: error.body }, headers };
  }
}

function perform(
  world: World,
  request: ApiRequest,
  requestId: string,
  key: string | undefined,
): Answer & { replayed?: string } {
  const form = parseForm(request.method === "GET" ? request.query : request.body);
  const publishable = readKey(world, request, form);
  const version = header(request, "stripe-version");
  if (version && !/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(version)) {
    throw invalid(`Invalid Stripe API version: ${version}`);
  }
  const found = findRoute(request.method, request.path);
  if (!found) {
    const message = `Unrecognized request URL (${request.method}: ${request.path}).`;
    throw new ApiError(404, { type: "invalid_request_error", message });
  }
  if (publishable && !found.route.open) {
    const message = "This API call cannot be made with a publishable API key. Please use a secret API key.";
    throw new ApiError(401, { type: "invalid_request_error", code: "secret_key_required", message });
  }
  const call: Call = { world, form, id: found.id, publishable };
  const run = () => {
    const answer = found.route.run(call);
    return { ...answer, body: expanded(world, answer.body, form) };
  };
  world.request = { id: requestId, idempotency_key: key ?? null };
  if (!key || request.method !== "POST") return run();
  return once(world, `${publishable ? "pk" : "sk"}:${key}`, fingerprint(request), requestId, run);
}

/** The same key answers the same; with another body it is refused. Answers of refused calls are not kept. */
function once(
  world: World,
  key: string,
  print: string,
  requestId: string,
  run: () => Answer,
): Answer & { replayed?: string } {
  if (key.length > 260) throw invalid("Idempotency keys have at most 255 characters.");
  const known = world.store.get("replay", key);
  const live = known && known.at > Date.now() - 86_400_000;
  if (live && known.fingerprint !== print) {
    throw new ApiError(400, {
      type: "idempotency_error",
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key.slice(3)}' if you meant to execute a different request.`,
    });
  }
  if (live) return { status: known.status, body: known.body, replayed: known.requestId };
  const answer = run();
  const { status, body } = answer;
  world.store.put("replay", key, { fingerprint: print, status, body, requestId, at: Date.now() });
  return answer;
}

function fingerprint({ method, path, body }: ApiRequest): string {
  return createHash("sha256").update(`${method} ${path}\n${body}`).digest("base64");
}

/** True for the publishable key, false for the secret one. @throws ApiError 401 */
function readKey(world: World, request: ApiRequest, form: FormObject): boolean {
  const given = bearer(request) ?? text(form, "key");
  if (!given) throw unauthorised("You did not provide an API key.");
  if (same(given, world.settings.secretKey)) return false;
  if (same(given, world.settings.publishableKey)) return true;
  throw unauthorised(`Invalid API Key provided: ${given.slice(0, 8)}***`);
}

/** Whether the request may use the control endpoints. */
export function hasSecretKey(world: World, request: ApiRequest): boolean {
  return same(bearer(request) ?? "", world.settings.secretKey);
}

function bearer(request: ApiRequest): string | undefined {
  const value = header(request, "authorization") ?? "";
  if (/^bearer /i.test(value)) return value.slice(7).trim();
  if (!/^basic /i.test(value)) return undefined;
  return Buffer.from(value.slice(6), "base64").toString().split(":")[0];
}

function same(a: string, b: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function header(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
