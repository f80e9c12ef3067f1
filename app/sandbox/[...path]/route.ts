// Carries a browser's traffic to the payment sandbox, so that its pages live on the shop's own origin.
import { env } from "@/lib/env";
import { isSameOrigin, ownOrigins } from "@/lib/same-origin";

/** What a browser has to do there. The account's API and the switches under /_sandbox are not among it. */
const OPEN: readonly { method: "GET" | "POST"; path: RegExp }[] = [
  { method: "GET", path: /^pay\/cs_[A-Za-z0-9_]+$/ },
  { method: "POST", path: /^pay\/cs_[A-Za-z0-9_]+$/ },
  { method: "GET", path: /^3ds\/pi_[A-Za-z0-9]+$/ },
  { method: "POST", path: /^3ds\/pi_[A-Za-z0-9]+$/ },
  { method: "GET", path: /^v1\/payment_intents\/pi_[A-Za-z0-9]+$/ },
  { method: "POST", path: /^v1\/payment_intents\/pi_[A-Za-z0-9]+\/confirm$/ },
];
const SENT = ["content-type", "accept", "idempotency-key", "stripe-version"];
const ANSWERED = [
  "content-type",
  "content-security-policy",
  "referrer-policy",
  "x-content-type-options",
  "x-robots-tag",
  "request-id",
];
const LARGEST_BODY = 65_536;
const ANSWER_MS = 15_000;

type Context = { params: Promise<{ path: string[] }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return forward(request, "GET", (await params).path.join("/"));
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  if (!isSameOrigin(request)) return new Response("Not from here.", { status: 403 });
  return forward(request, "POST", (await params).path.join("/"));
}

async function forward(request: Request, method: "GET" | "POST", path: string): Promise<Response> {
  const target = env.SANDBOX_URL;
  const open = OPEN.some((door) => door.method === method && door.path.test(path));
  if (!target || !open) return new Response("Not found.", { status: 404 });
  const body = method === "POST" ? await request.text() : undefined;
  if (body && body.length > LARGEST_BODY) return new Response("Too large.", { status: 413 });
  const url = new URL(`/${path}${new URL(request.url).search}`, target);
  if (path.startsWith("v1/") && !isPublishable(url.searchParams, new URLSearchParams(body)))
    return new Response("Not with this key.", { status: 401, headers: { "cache-control": "no-store" } });
  try {
    const answer = await fetch(url, {
      method,
      headers: headersFor(request),
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return await passedOn(request, answer);
  } catch {
    return new Response("The payment sandbox does not answer. Nothing was charged; try again in a moment.", {
      status: 502,
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
}

/** A form carries its key as a field: the account's own would open here what the header may not. Pages have keys of their own. */
const isPublishable = (...fields: readonly URLSearchParams[]): boolean =>
  fields.flatMap((each) => each.getAll("key")).every((key) => key.startsWith("pk_"));

/** No cookie goes over, and of keys only the publishable one: the sandbox must never act for the shop here. */
function headersFor(request: Request): Headers {
  const headers = new Headers();
  for (const name of SENT) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value);
  }
  const key = request.headers.get("authorization");
  if (key?.startsWith("Bearer pk_")) headers.set("authorization", key);
  return headers;
}

async function passedOn(request: Request, answer: Response): Promise<Response> {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const name of ANSWERED) {
    const value = answer.headers.get(name);
    if (value) headers.set(name, value);
  }
  const location = answer.headers.get("location");
  if (location) {
    if (!isOurs(request, location)) return new Response("A redirect to elsewhere.", { status: 502 });
    headers.set("location", location);
  }
  const body = answer.status === 303 ? null : await answer.arrayBuffer();
  // A refused card is an answer to the card form, which reads the body; a 4xx would stand in the console as an error.
  const refused = request.method === "POST" && (answer.status === 400 || answer.status === 402);
  return new Response(body, { status: refused ? 200 : answer.status, headers });
}

/** The return address came with a form field: only the shop's own pages are followed. */
function isOurs(request: Request, location: string): boolean {
  if (/^\/(?![/\\])/.test(location)) return true;
  return URL.canParse(location) && ownOrigins(request).has(new URL(location).origin);
}
