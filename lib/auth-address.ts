/** Addresses of Auth.js that make no sense are refused here: it would answer them with 500, as if the shop were broken. */
import { cookieFlags, cookieName } from "./cookies";

const WITH_PROVIDER = new Set(["signin", "callback"]);
/** The others of Auth.js (keys of devices, links by mail) are not used here, and would show pages that are not ours. */
const ACTIONS = new Set([...WITH_PROVIDER, "csrf", "error", "providers", "session", "signout"]);

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
