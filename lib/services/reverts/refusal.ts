/** What a service refused, said of the way back: there is no form whose fields it could stand beside. */
import { isShopError, ShopError } from "@/lib/domain/errors";

/** Said where what is to be put back moved on, and nobody can tell who moved it. */
export const NEWER = "It has changed since: there is something newer.";

/** The error for whoever takes something back; what is none of theirs stays as it is. */
export function asRefusal(error: unknown): unknown {
  const reason = reasonOf(error);
  return reason ? new ShopError("revert_refused", { reason }, { cause: error }) : error;
}

function reasonOf(error: unknown): string | undefined {
  if (constraintOf(error).endsWith("_pkey")) return "It is there again already.";
  if (isShopError(error, "duplicate"))
    return `Its place is taken: there is another one with this ${error.data.field} by now.`;
  if (isShopError(error, "not_found"))
    return `The ${error.data.what} that it belongs to is gone: put that back first.`;
  if (isShopError(error, "conflict")) return NEWER;
  if (isShopError(error, "invalid_input")) return Object.values(error.data.fields)[0];
  return undefined;
}

/** The constraint of the database that refused, however deep the error lies. */
function constraintOf(error: unknown): string {
  const { cause, constraint_name: name } = (error ?? {}) as { cause?: unknown; constraint_name?: string };
  return name ?? (cause ? constraintOf(cause) : "");
}
