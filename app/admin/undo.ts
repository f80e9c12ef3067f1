/** The undo that a page of the back office offers after a save. */
import type { Undo } from "@/components/ui/toast";
import { undoSave } from "@/lib/actions/admin/audit";
import type { Staff } from "@/lib/domain/actors";
import { isId, type Query, textOf } from "@/lib/domain/back-office";
import { mayUndo } from "@/lib/queries/admin/undo";

/** Said after it. */
export const UNDONE = "It is as it was before.";

/** Said after it where the rest moves on meanwhile, as stock does. */
export const TAKEN_BACK = "Taken back.";

/** Said after it of people: their sessions stay ended. */
export const STAFF_UNDONE = "It is as it was before. Who was signed out signs in again.";

/**
 * How what this page just saved is taken back; undefined where that cannot be. The address names the entry of the log
 * (`lib/saved.ts`): a save that changed nothing left none, and offers nothing that was saved earlier.
 */
export async function undoOn(
  staff: Staff,
  query: Query,
  { back, ...page }: { back: string; subjects: readonly string[]; id?: string },
): Promise<Undo | undefined> {
  const entryId = textOf(query, "entry");
  if (!isId(entryId) || !(await mayUndo(staff, entryId, page))) return undefined;
  return { action: undoSave, fields: { entryId, back } };
}

/** For the forms of such a page: what was taken back is in their fields, too, not what was typed before. */
export const formKey = (query: Query): string => (textOf(query, "done") === "undone" ? "undone" : "forms");
