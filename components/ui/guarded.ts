"use client";

import { unstable_rethrow } from "next/navigation";
import { useActionState, useSyncExternalStore } from "react";
import { type FormState, IDLE } from "./form-state";

const never = () => () => {};

/** Said where no answer came: what was asked may have happened, so a form that moves money carries a key. */
export const OFFLINE =
  "You are offline, so nothing was sent. What you typed is still here; try again once you are connected.";
export const NO_ANSWER =
  "The connection broke before an answer came. What you typed is still here, and trying again does nothing twice.";

/**
 * An action for a form. Without scripts it is a plain POST; with them a lost connection is an answer like any other,
 * with what was typed, instead of an exception that takes the page away.
 */
export function useGuardedAction<S extends FormState>(
  action: (previous: S, data: FormData) => Promise<S> | S,
  initial: S = IDLE as S,
  /** Runs before it is sent, where scripts are on: what is expected can be shown at once (`useOptimistic`). */
  expect?: (data: FormData) => void,
): [state: S, submit: (data: FormData) => void] {
  const isScripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [plain, submitPlain] = useActionState(
    action as (state: Awaited<S>, data: FormData) => Promise<S>,
    initial as Awaited<S>,
  );
  const [guarded, submitGuarded] = useActionState(async (previous: S | undefined, data: FormData) => {
    expect?.(data);
    try {
      return await action(previous ?? plain, data);
    } catch (error) {
      // A redirect is thrown, too.
      unstable_rethrow(error);
      return lost(data, refusalOf(error)) as S;
    }
  }, undefined);
  return isScripted ? [guarded ?? plain, submitGuarded] : [plain, submitPlain];
}

/** What the server's door said (lib/edge/refusal.mjs): too large, too often, too full. Nothing was done then. */
const refusalOf = (error: unknown): string | undefined =>
  error instanceof Error ? /^Refused: (.+)$/.exec(error.message)?.[1] : undefined;

function lost(data: FormData, refusal?: string): FormState {
  const values: Record<string, string> = {};
  for (const [name, value] of data)
    if (typeof value === "string" && !/^\$ACTION|password|secret|token/i.test(name)) values[name] = value;
  if (refusal) return { status: "error", code: "refused", message: refusal, values };
  return { status: "error", code: "offline", message: navigator.onLine ? NO_ANSWER : OFFLINE, values };
}
