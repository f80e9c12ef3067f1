/** The form of every status machine: verbs with what they start from, lead to, and who may use them. */
import type { ActorKind } from "./actors";
import { ShopError } from "./errors";

export interface Transition<S extends string> {
  readonly from: readonly S[];
  readonly to: S;
  readonly by: readonly ActorKind[];
}

export interface Machine<S extends string = string, V extends string = string> {
  readonly name: string;
  readonly initial: S;
  readonly states: readonly S[];
  readonly transitions: Readonly<Record<V, Transition<S>>>;
}

/** Declares a machine; the states and verbs become its type. */
export function machine<const S extends string, const V extends string>(
  name: string,
  states: readonly [S, ...S[]],
  transitions: Readonly<Record<V, Transition<NoInfer<S>>>>,
): Machine<S, V> {
  return { name, initial: states[0], states, transitions };
}

/** Whether `kind` may use `verb` on something that is `status`. Drives buttons and guards alike. */
export function can<S extends string, V extends string>(
  { transitions }: Machine<S, V>,
  verb: V,
  status: S,
  kind: ActorKind,
): boolean {
  const { from, by } = transitions[verb];
  return from.includes(status) && by.includes(kind);
}

/**
 * The transition behind a verb, for the conditional UPDATE of a service.
 * @throws ShopError `forbidden` where this kind of actor may never use the verb.
 */
export function transitionFor<S extends string, V extends string>(
  { transitions }: Machine<S, V>,
  verb: V,
  kind: ActorKind,
): Transition<S> {
  const transition = transitions[verb];
  if (!transition.by.includes(kind)) throw new ShopError("forbidden", {});
  return transition;
}

/** Every legal (from, to) pair, as the database's `status_transitions` table holds them. */
export function pairsOf({ name, transitions }: Machine): { machine: string; from: string; to: string }[] {
  const pairs = Object.values(transitions).flatMap(({ from, to }) => from.map((start) => `${start} ${to}`));
  return [...new Set(pairs)].sort().map((pair) => {
    const [from = "", to = ""] = pair.split(" ");
    return { machine: name, from, to };
  });
}
