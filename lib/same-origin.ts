/** Whether a request was sent by a page of this shop: another site's form must neither write nor take anything out. */
import { env } from "@/lib/env";

/** Browsers name the origin of every form that is sent; those that hide it say what kind of site it was. */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin && origin !== "null") return ownOrigins(request).has(origin);
  return request.headers.get("sec-fetch-site") === "same-origin";
}

/** The configured address, and the one that this browser used (localhost and 127.0.0.1 are the same machine). */
export function ownOrigins(request: Request): Set<string> {
  const site = new URL(env.SITE_URL);
  const host = request.headers.get("host");
  return new Set([site.origin, ...(host ? [`${site.protocol}//${host}`] : [])]);
}
