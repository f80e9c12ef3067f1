/** What a member of staff just saved on a page, where it can be taken back: the entry of the audit log that tells it. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { canRevert } from "@/lib/domain/audit-revert";
import { isId } from "@/lib/domain/back-office";
import type { Fragment } from "./scope";

type Fields = Readonly<Record<string, unknown>>;

interface Entry {
  readonly id: string;
  readonly subject: string;
  readonly action: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
  readonly now: string;
}

/**
 * Whether an entry that somebody's save left within the last ten minutes, on one of these subjects, can be put back by
 * itself: not where one save changed several rows. `id` names the row that the page shows, variants by their product's.
 */
export async function mayUndo(
  staff: Staff,
  entryId: string,
  { subjects, id }: { subjects: readonly string[]; id?: string | undefined },
): Promise<boolean> {
  const [entry, another] = await sql<Entry[]>`
    with mine as (select * from audit where actor_id = ${staff.userId} and created_at > shop_now() - interval '10 minutes')
    select id, subject, action, before, after, shop_now() as now from mine
    where created_at = (select m.created_at from mine m where m.id = ${entryId} and m.subject in ${sql([...subjects])}
      and ${id ? about(id) : sql`true`})
    limit 2`;
  return entry !== undefined && !another && canRevert(entry, new Date(entry.now));
}

// Keys of other subjects are no ids.
const about = (id: string): Fragment =>
  isId(id)
    ? sql`(m.subject_id = ${id} or case when m.subject in ('variants', 'inventory')
        then m.subject_id::uuid in (select v.id from variants v where v.product_id = ${id}) end)`
    : sql`m.subject_id = ${id}`;
