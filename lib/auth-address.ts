/**
 * Addresses of Auth.js that make no sense are refused here: it would answer them with 500, as if the shop were broken.
 * And what it forgets when a sign-in is refused: the page that was wanted.
 */
import { cookieFlags, cookieName } from "./cookies";
import { safeCallback } from "./domain/accounts";

const WITH_PROVIDER = new Set(["signin", "callback"]);
/** The others of Auth.js (keys of devices, links by mail) are not used here, and would show pages that are not ours. */
const ACTIONS = new Set([...WITH_PROVIDER, "csrf", "error", "providers", "session", "signout"]);

/** What stands before an address that is only a path. */
const HERE = "http://here.invalid";

/** Where Auth.js keeps the address to go back to: bound to this very host, as our own are. */
export const returnCookie = () => ({
  name: cookieName("return_to"),
  options: { ...cookieFlags(), httpOnly: true },
});

/** The answer where there is no such provider, or the address to go back to is none; else nothing. */
export function refuseAddress(request: Request, providers: readonly string[]): Response | undefined {
  const { pathname, searchParams, origin } = new URL(request.url);
  const [, action = "", provider] = /^\/api\/auth\/([^/]*)(?:\/(.*))?$/.exec(pathname) ?? [];
  if (!ACTIONS.has(action) || (provider !== undefined && !WITH_PROVIDER.has(action)))
    return refusal(404, "There is nothing here. Sign in at /sign-in.");
  // Signing in without one shows the page of all; nothing else can do without.
  const isNamed = provider !== undefined || (WITH_PROVIDER.has(action) && action !== "signin");
  if (WITH_PROVIDER.has(action) && isNamed && !providers.includes(provider ?? ""))
    return refusal(404, "There is no such way to sign in here. The ways there are stand at /sign-in.");
  // Of several the last one counts.
  const asked = searchParams.getAll("callbackUrl").at(-1);
  if (asked && !isAddress(asked, origin))
    return refusal(400, "The address to go back to is none. Please sign in at /sign-in.");
  const { name } = returnCookie();
  const kept = cookieOf(request.headers.get("cookie") ?? "", name);
  if (!kept || isAddress(kept, origin)) return undefined;
  const answer = refusal(400, "The address to go back to was none, and is forgotten now. Please try again.");
  answer.headers.append("set-cookie", `${name}=; Path=/; Max-Age=0${name === "return_to" ? "" : "; Secure"}`);
  return answer;
}

/**
 * Where a sign-in leads that was refused, with the page that was wanted: `next` is where it would have led, the sign-in
 * page with that page in its address. Any other address of Auth.js is left as it is.
 */
export function refusedTo(address: string, next: string): string {
  if (!URL.canParse(address, HERE) || !URL.canParse(next, HERE)) return address;
  const to = new URL(address, HERE);
  const wanted = new URL(next, HERE).searchParams.get("callbackUrl");
  if (to.pathname !== "/sign-in" || !to.searchParams.has("error") || !wanted) return address;
  to.searchParams.set("callbackUrl", safeCallback(wanted));
  return to.origin === HERE ? `${to.pathname}${to.search}` : to.href;
}

/** The answer of Auth.js with the page that this browser wanted, where it was refused. */
export function keepWanted(request: Request, answer: Response): Response {
  const location = answer.headers.get("location");
  const to =
    location && refusedTo(location, cookieOf(request.headers.get("cookie") ?? "", returnCookie().name));
  if (!to || to === location) return answer;
  const headers = new Headers(answer.headers);
  headers.set("location", to);
  return new Response(null, { status: answer.status, headers });
}

/** The same question that Auth.js asks. */
function isAddress(text: string, origin: string): boolean {
  const base = text.startsWith("/") ? origin : undefined;
  return URL.canParse(text, base) && /^https?:$/.test(new URL(text, base).protocol);
}

function cookieOf(header: string, name: string): string {
  const [found = ""] = header
    .split(/; */)
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}

const refusal = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
