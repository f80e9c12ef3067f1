/** Putting back what was deleted: the row comes back under its old id, by the service that makes such rows. */
import type { CacheTag } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import type { RestoreSubject } from "@/lib/domain/audit-revert";
import { isShopError, ShopError } from "@/lib/domain/errors";
import { restorers } from "./reverts/deleted";
import type { Fields } from "./reverts/reversible";

/**
 * Makes the row of an entry that deleted it once more and answers the tags of stale pages.
 * @throws ShopError revert_refused where its place is taken, what it stands in is gone, or its form would not take it
 */
export async function restore(
  admin: Admin,
  subject: RestoreSubject,
  row: { readonly id: string; readonly fields: Fields },
): Promise<readonly CacheTag[]> {
  try {
    return await restorers[subject](admin, row);
  } catch (error) {
    const reason = reasonOf(error);
    if (!reason) throw error;
    throw new ShopError("revert_refused", { reason }, { cause: error });
  }
}

function reasonOf(error: unknown): string | undefined {
  if (constraintOf(error).endsWith("_pkey")) return "It is there again already.";
  if (isShopError(error, "duplicate"))
    return `Its place is taken: there is another one with this ${error.data.field} by now.`;
  if (isShopError(error, "not_found"))
    return `The ${error.data.what} that it belongs to is gone: put that back first.`;
  if (isShopError(error, "invalid_input")) return Object.values(error.data.fields)[0];
  return undefined;
}

/** The constraint of the database that refused, however deep the error lies. */
function constraintOf(error: unknown): string {
  const { cause, constraint_name: name } = (error ?? {}) as { cause?: unknown; constraint_name?: string };
  return name ?? (cause ? constraintOf(cause) : "");
}
