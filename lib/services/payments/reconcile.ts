/** The reconciler: asks the gateway about everything that should have been told by now, so that a lost webhook loses nothing. */
import type { System } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { log } from "@/lib/log";
import { reportedByGateway } from "./reconcile-gateway";
import { openWithUs } from "./reconcile-open";

declare module "@/lib/queue" {
  interface Jobs {
    "payments.reconcile": Record<string, never>;
  }
}

/** One thing that was asked and turned out to be news, or not to fit. */
export interface Finding {
  readonly what: "payment" | "refund" | "fee" | "event" | "intent" | "dispute";
  /** Our row, or the gateway's object where we have none. */
  readonly id: string;
  readonly order: string | null;
  /** What was done, or what is wrong. */
  readonly result: string;
  /** It could not be healed: somebody has to look. */
  readonly differs: boolean;
}

export interface Reconciled {
  /** How many things the gateway was asked about. */
  readonly asked: number;
  readonly findings: readonly Finding[];
  /** False where the gateway did not answer: the rest was not asked. */
  readonly isComplete: boolean;
}

export interface Scope {
  /** How far back the gateway's own lists are read, in minutes. */
  readonly sinceMinutes: number;
  /** Rows of ours younger than this are left to their webhooks, in minutes. */
  readonly afterMinutes: number;
}

/** What the regular job does: recent lists, and what webhooks had a fair time for. */
export const REGULAR: Scope = { sinceMinutes: 120, afterMinutes: 3 };

/** What each step asks with: `ask` counts, bears the failure of one thing, and stops when the gateway is down. */
export interface Round {
  readonly system: System;
  readonly scope: Scope;
  readonly ask: (
    about: Pick<Finding, "what" | "id"> & { order?: string | null },
    work: () => Promise<Answer>,
  ) => Promise<void>;
}

/** Null: nothing new. A text: what was done. `differs`: what is wrong and stays so. */
export type Answer = string | { readonly differs: string } | null;

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
