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

/** Writes one row with the fields that differ; a change that changed nothing leaves none. */
export async function write(tx: Tx, actor: Actor, { before, after, ...change }: Change): Promise<void> {
  const names = Object.keys(after).filter((name) => !isSame(before[name], after[name]));
  if (names.length === 0) return;
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  await tx.insert(audit).values({
    ...change,
    id: newId(),
    actorKind: actor.kind,
    actorId: userIdOf(actor),
    before: pick(before),
    after: pick(after),
  });
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
