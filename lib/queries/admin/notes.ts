/** What staff wrote down about an order: owners read their own notes and the admins'. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";

export interface Note {
  readonly id: string;
  readonly author: string | null;
  readonly ownerName: string | null;
  readonly body: string;
  /** By whoever asks. */
  readonly isMine: boolean;
  readonly at: Date;
}

/** The notes of an order that this member of staff was shown, the oldest first. */
export async function listNotes(staff: Staff, orderId: string): Promise<Note[]> {
  const mine =
    staff.kind === "owner"
      ? sql`coalesce(n.owner_id, ${staff.ownerId}) = ${staff.ownerId}
          and exists (select from fulfilments f where f.order_id = n.order_id and f.owner_id = ${staff.ownerId})`
      : sql`true`;
  const rows = await sql<(Omit<Note, "at"> & { at: string })[]>`
    select n.id, coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) as author,
      coalesce(n.author_id = ${staff.userId}, false) as "isMine", w.name as "ownerName", n.body, n.created_at as at
    from order_notes n left join users u on u.id = n.author_id left join owners w on w.id = n.owner_id
    where n.order_id = ${orderId} and ${mine} order by n.created_at, n.id`;
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}
