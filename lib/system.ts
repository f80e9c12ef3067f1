/** The shop itself as an actor, for webhooks, jobs, scripts, the seed and tests; people's actors come from session.ts. */
import type { System } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";

/** The System actor; `via` says which door acts ("webhook", "job", "seed") and ends up in the audit. */
export function systemActor(via: string): System {
  return mint<System>({ kind: "system", via });
}
