/** What buying an order again did, as the request's key remembers it. */
import { z } from "zod";
import { sql } from "@/db/client";
import type { Shopper } from "@/lib/domain/actors";

const answer = z.object({
  added: z.number(),
  missing: z.array(z.object({ name: z.string(), reason: z.string() })),
});

/** The answer of the form that was drawn with this key, for the one who sent it; null for any other. */
export async function getBoughtAgain(shopper: Shopper, orderId: string, key: string) {
  if (!z.uuid().safeParse(key).success) return null;
  const who = shopper.kind === "guest" ? "guest" : shopper.userId;
  const [row] = await sql<{ result: unknown }[]>`
    select result from request_keys where scope = ${`buy again:${orderId}:${who}`} and key = ${key}`;
  const read = answer.safeParse(row?.result);
  return read.success ? read.data : null;
}
