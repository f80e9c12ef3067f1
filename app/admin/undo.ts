/** The undo that a page of the back office offers after a save. */
import type { Undo } from "@/components/ui/toast";
import { undoSave } from "@/lib/actions/admin/audit";
import type { Staff } from "@/lib/domain/actors";
import { type Query, textOf } from "@/lib/domain/back-office";
import { findUndo } from "@/lib/queries/admin/undo";

/** Said after it. */
export const UNDONE = "It is as it was before.";

/** How what this page just saved is taken back; undefined where it saved nothing or that cannot be. */
export async function undoOn(
  staff: Staff,
  query: Query,
  { back, ...saved }: { back: string; subjects: readonly string[]; id?: string },
): Promise<Undo | undefined> {
  const done = textOf(query, "done");
  if (!done || done === "undone") return undefined;
  const entryId = await findUndo(staff, saved);
  return entryId ? { action: undoSave, fields: { entryId, back } } : undefined;
}

/** For the forms of such a page: what was taken back is in their fields, too, not what was typed before. */
export const formKey = (query: Query): string => (textOf(query, "done") === "undone" ? "undone" : "forms");
