/** The lists that a member of staff keeps under a name. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";

export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** The query string of the list. */
  readonly query: string;
}

/** One's own lists of a page, by name. */
export async function listSavedViews(staff: Staff, page: "orders"): Promise<SavedView[]> {
  return sql<SavedView[]>`
    select id, name, query from saved_views where user_id = ${staff.userId} and page = ${page} order by lower(name), id`;
}
