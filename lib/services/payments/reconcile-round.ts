/** What the steps of one round of the reconciler have in common. */
import type { System } from "@/lib/domain/actors";

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

export interface Scope {
  /** How far back the gateway's own lists are read, in minutes. */
  readonly sinceMinutes: number;
  /** Rows of ours younger than this are left to their webhooks, in minutes. */
  readonly afterMinutes: number;
}

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
