/** Once: what moves money or goods happens one time per key of its form, however often the request is repeated. */
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { requestKeys } from "@/db/schema/settings";
import { type Actor, userIdOf } from "@/lib/domain/actors";

/** A key that the client made when it drew the form: 8 to 100 characters. Left out: the request stands for itself. */
export type RequestKey = string | undefined;

/**
 * Runs `work` in the caller's transaction, or answers what it answered the first time. A repeat at the same moment
 * waits for the first one; where that fails, nothing is remembered and the repeat runs. `result` must be JSON.
 */
export async function once<R>(
  tx: Tx,
  actor: Actor,
  what: string,
  key: RequestKey,
  work: () => Promise<R>,
): Promise<R> {
  if (!key) return work();
  const scope = `${what}:${userIdOf(actor) ?? actor.kind}`;
  const [fresh] = await tx
    .insert(requestKeys)
    .values({ scope, key })
    .onConflictDoNothing()
    .returning({ key: requestKeys.key });
  const mine = and(eq(requestKeys.scope, scope), eq(requestKeys.key, key));
  if (!fresh) {
    const [before] = await tx.select({ result: requestKeys.result }).from(requestKeys).where(mine);
    return before?.result as R;
  }
  const result = await work();
  await tx.update(requestKeys).set({ result }).where(mine);
  return result;
}
