/** Whether a request was sent by a page of this shop: another site's form must neither write nor take anything out. */
import { env, isPublic } from "@/lib/env";

interface Asked {
  readonly headers: Pick<Headers, "get">;
}

/**
 * Browsers name the origin of every form that is sent; those that hide it say what kind of site it was. Who says
 * neither is no browser that we know.
 */
export function isSameOrigin(request: Asked): boolean {
  const origin = request.headers.get("origin");
  if (origin && origin !== "null") return ownOrigins(request).has(origin);
  return request.headers.get("sec-fetch-site") === "same-origin";
}

/**
 * The configured address. A shop that nobody else can reach answers to the name that this browser used, too
 * (localhost and 127.0.0.1 are the same machine); a public one never believes a header about its own name.
 */
export function ownOrigins(request: Asked): Set<string> {
  const site = new URL(env.SITE_URL);
  const host = isPublic(env.SITE_URL) ? null : request.headers.get("host");
  return new Set([site.origin, ...(host ? [`${site.protocol}//${host}`] : [])]);
}
