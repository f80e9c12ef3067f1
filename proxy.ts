import { type NextRequest, NextResponse } from "next/server";
import { cookieName, newVisitor, visitorCookie } from "@/lib/cookies";
import { noncePolicy, WHOLE_PAGE } from "@/lib/csp/policy.mjs";
import { filteredTwin, isUnlisted } from "@/lib/csp/routes";

const POLICY = "content-security-policy";

/**
 * Gives a page that is rendered for this request a nonce of its own, and leads filtered categories to their
 * dynamic twin. It guards nothing: who may see what is decided in the services.
 */
export default function proxy(request: NextRequest): NextResponse {
  const visitor = firstVisitor(request);
  if (visitor) request.cookies.set(cookieName("visitor"), visitor);
  const policy = noncePolicy(Buffer.from(crypto.randomUUID()).toString("base64"));
  const headers = new Headers(request.headers);
  for (const name of [...headers.keys()]) if (name.startsWith("x-middleware-")) headers.delete(name);
  headers.set(POLICY, policy);
  headers.set("user-agent", `${headers.get("user-agent") ?? ""} ${WHOLE_PAGE}`);

  const twin = filteredTwin(request.nextUrl.pathname, request.nextUrl.searchParams);
  const response = twin
    ? NextResponse.rewrite(new URL(`${twin}${request.nextUrl.search}`, request.url), { request: { headers } })
    : NextResponse.next({ request: { headers } });
  response.headers.set(POLICY, policy);
  if (visitor) response.headers.append("set-cookie", visitorCookie(visitor));
  if (twin || isUnlisted(request.nextUrl.pathname)) response.headers.set("x-robots-tag", "noindex");
  return response;
}

/**
 * A visitor's cookie for the first thing that a guest keeps from a product's page. An action that sets one itself makes
 * Next render the whole page into its answer, which takes twice as long as the answer alone. So does one that is set
 * through `response.cookies`.
 */
function firstVisitor(request: NextRequest): string | null {
  if (!request.headers.has("next-action") || !request.nextUrl.pathname.startsWith("/p/")) return null;
  return ["visitor", "session"].some((name) => request.cookies.has(cookieName(name))) ? null : newVisitor();
}

// Cached pages are not listed: they skip this function altogether and bring their policy along.
export const config = {
  matcher: [
    "/(account|admin|alerts|browse|cart|checkout|contact|forgot-password|orders|reset-password|returns|reviews|search|sign-in|sign-out|sign-up|verify-email|wishlist)/:path*",
    // A form that is posted to a cached page: Next renders the answer for this request.
    { source: "/((?!_next/|api/|media/|sandbox/).*)", has: [{ type: "header", key: "content-type" }] },
    // A preview of a draft.
    { source: "/((?!_next/|api/|media/|sandbox/).*)", has: [{ type: "cookie", key: "__prerender_bypass" }] },
    { source: "/c/:path*", has: [{ type: "query", key: "sort" }] },
    { source: "/c/:path*", has: [{ type: "query", key: "filter" }] },
    { source: "/c/:path*", has: [{ type: "query", key: "min" }] },
    { source: "/c/:path*", has: [{ type: "query", key: "max" }] },
    { source: "/c/:path*", has: [{ type: "query", key: "stock" }] },
    { source: "/c/:path*", has: [{ type: "query", key: "sale" }] },
    { source: "/c/:path*", has: [{ type: "query", key: "rating" }] },
    { source: "/c/:path*", has: [{ type: "query", key: "owner" }] },
  ],
};
