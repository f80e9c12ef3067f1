/** Audit: who changed what, before and after, written in the transaction of the change itself. */
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { audit } from "@/db/schema/audit";
import { type Actor, userIdOf } from "@/lib/domain/actors";

export interface Change {
  /** "product.edit" … */
  readonly action: string;
  /** The table of what was changed, and its row. */
  readonly subject: string;
  readonly subjectId: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

// An actor lives for one request: what it wrote last is what this request did.
const written = new WeakMap<Actor, string>();

/** The entry that an actor wrote last; undefined where nothing was changed. */
export const lastEntryBy = (actor: Actor): string | undefined => written.get(actor);

/** Writes one row with the fields that differ; a change that changed nothing leaves none. */
export async function write(tx: Tx, actor: Actor, { before, after, ...change }: Change): Promise<void> {
  const names = Object.keys(after).filter((name) => !isSame(before[name], after[name]));
  if (names.length === 0) return;
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  const id = newId();
  await tx.insert(audit).values({
    ...change,
    id,
    actorKind: actor.kind,
    actorId: userIdOf(actor),
    before: pick(before),
    after: pick(after),
  });
  written.set(actor, id);
}

/** Writes one row with the whole of what is deleted, so that it can be put back. */
export function writeGone(
  tx: Tx,
  actor: Actor,
  { before, ...change }: Omit<Change, "subjectId" | "after"> & { readonly before: { readonly id: string } },
): Promise<void> {
  const { id: subjectId, updatedAt: _, ...whole } = before as Change["before"] & { readonly id: string };
  const after = Object.fromEntries(Object.keys(whole).map((name) => [name, null]));
  return write(tx, actor, { ...change, subjectId, before: whole, after });
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
