/** Lists that staff keep under a name of their own: each sees and changes only theirs. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { savedViews } from "@/db/schema/reports";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";

/** More than anybody can tell apart. */
const MOST = 30;

interface NewView {
  readonly page: "orders";
  readonly name: string;
  /** The query string of the list, without "?". */
  readonly query: string;
}

/** Keeps a list. @throws ShopError invalid_input for a name that is taken, or where there are too many */
export async function saveView(staff: Staff, { page, name, query }: NewView): Promise<void> {
  await withTx(async (tx) => {
    await lockViews(tx, staff);
    const mine = and(eq(savedViews.userId, staff.userId), eq(savedViews.page, page));
    if ((await tx.$count(savedViews, mine)) >= MOST)
      throw new ShopError("invalid_input", { fields: { name: `At most ${MOST} lists. Delete one first.` } });
    const [saved] = await tx
      .insert(savedViews)
      .values({ id: newId(), userId: staff.userId, page, name, query })
      .onConflictDoNothing()
      .returning({ id: savedViews.id });
    if (!saved) throw taken();
  });
}

/** Gives a list another name. @throws ShopError not_found for other people's, invalid_input for a name that is taken */
export async function renameView(
  staff: Staff,
  { viewId, name }: { viewId: string; name: string },
): Promise<void> {
  await withTx(async (tx) => {
    await lockViews(tx, staff);
    const mine = and(eq(savedViews.id, viewId), eq(savedViews.userId, staff.userId));
    const [view] = await tx.select({ page: savedViews.page }).from(savedViews).where(mine);
    if (!view) throw new ShopError("not_found", { what: "list" });
    const same = and(
      eq(savedViews.userId, staff.userId),
      eq(savedViews.page, view.page),
      eq(savedViews.name, name),
      sql`${savedViews.id} <> ${viewId}`,
    );
    if ((await tx.$count(savedViews, same)) > 0) throw taken();
    await tx.update(savedViews).set({ name }).where(mine);
  });
}

/** Forgets a list; one that is gone already stays gone. */
export async function deleteView(staff: Staff, { viewId }: { viewId: string }): Promise<void> {
  await withTx((tx) =>
    tx.delete(savedViews).where(and(eq(savedViews.id, viewId), eq(savedViews.userId, staff.userId))),
  );
}

/** One at a time for each person, so that count and names hold. */
const lockViews = (tx: Tx, staff: Staff) =>
  tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`saved_views:${staff.userId}`}))`);

const taken = () =>
  new ShopError("invalid_input", { fields: { name: "You have a list of that name already." } });
