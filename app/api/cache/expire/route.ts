import { createHash, timingSafeEqual } from "node:crypto";
import { revalidateTag } from "next/cache";
import { z } from "zod";
import { isCacheTag } from "@/lib/cache-tags";
import { env } from "@/lib/env";

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|::ffff:127(?:\.\d+){3})$/;
const body = z.strictObject({ tags: z.array(z.string().refine(isCacheTag)).max(1000) });

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Whether a request comes from this machine and knows the secret. Behind a proxy only the secret tells. */
function isOurs(request: Request): boolean {
  const host = (request.headers.get("host") ?? "").replace(/:\d+$/, "");
  const from = (request.headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  if (!LOOPBACK.test(host) || !from.every((hop) => hop === "" || LOOPBACK.test(hop))) return false;
  const secret = env.INTERNAL_SECRET;
  if (!secret) return false;
  const given = request.headers.get("authorization") ?? "";
  return timingSafeEqual(digest(given), digest(`Bearer ${secret}`));
}

/** Expires cached pages at once, for jobs and scripts: `{"tags": ["product:…"]}` with the internal secret. */
export async function POST(request: Request): Promise<Response> {
  if (!isOurs(request)) return new Response("Not found", { status: 404 });
  const parsed = body.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) return Response.json({ error: "tags: a list of cache tags" }, { status: 400 });
  for (const tag of parsed.data.tags) revalidateTag(tag, { expire: 0 });
  return Response.json({ expired: parsed.data.tags.length });
}
