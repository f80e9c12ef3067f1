/** The reconciler: asks the gateway about everything that should have been told by now, so that a lost webhook loses nothing. */
import type { System } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { log } from "@/lib/log";
import { reportedByGateway } from "./reconcile-gateway";
import { openWithUs } from "./reconcile-open";
import type { Finding, Round, Scope } from "./reconcile-round";

declare module "@/lib/queue" {
  interface Jobs {
    "payments.reconcile": Record<string, never>;
  }
}

export interface Reconciled {
  /** How many things the gateway was asked about. */
  readonly asked: number;
  readonly findings: readonly Finding[];
  /** False where the gateway did not answer: the rest was not asked. */
  readonly isComplete: boolean;
}

/** What the regular job does: recent lists, and what webhooks had a fair time for. */
export const REGULAR: Scope = { sinceMinutes: 120, afterMinutes: 3 };

/** After this many failures of one round the gateway, or we, are unwell: the next round goes on. */
const MOST_FAILURES = 10;

/** Asks about everything in `scope`. Repeating it changes nothing more; it may run twice at once. */
export async function reconcile(system: System, scope: Scope = REGULAR): Promise<Reconciled> {
  const findings: Finding[] = [];
  let [asked, failures] = [0, 0];
  const ask: Round["ask"] = async ({ what, id, order = null }, work) => {
    asked += 1;
    try {
      const answer = await work();
      if (answer === null) return;
      const differs = typeof answer === "object";
      findings.push({ what, id, order, result: differs ? answer.differs : answer, differs });
    } catch (error) {
      if (isShopError(error, "gateway_unavailable")) throw error;
      failures += 1;
      log.error("Reconciling failed.", { what, id, error });
      const result = error instanceof Error ? error.message : String(error);
      findings.push({ what, id, order, result, differs: true });
      if (failures >= MOST_FAILURES) throw new TooMuch();
    }
  };
  try {
    for (const step of [reportedByGateway, openWithUs]) await step({ system, scope, ask });
    return { asked, findings, isComplete: true };
  } catch (error) {
    if (error instanceof TooMuch) return { asked, findings, isComplete: true };
    if (!isShopError(error, "gateway_unavailable")) throw error;
    return { asked, findings, isComplete: false };
  }
}

class TooMuch extends Error {}
