/** Taking back what the audit log tells: what was changed is as before, unless it changed again; what went is back. */
import { and, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { withTx } from "@/db/tx";
import type { CacheTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { sentenceOf } from "@/lib/domain/audit";
import {
  isOver,
  type RevertAction,
  restoreSubjectOf,
  revertActionOf,
  stockDeltaOf,
} from "@/lib/domain/audit-revert";
import { ShopError } from "@/lib/domain/errors";
import { takeBack } from "./inventory/adjust";
import { productReverts, scheduleReverts, variantReverts } from "./reverts/catalog";
import { categoryMoveReverts, categoryReverts } from "./reverts/categories";
import { pageReverts } from "./reverts/content";
import { restorers } from "./reverts/deleted";
import { discountReverts } from "./reverts/discounts";
import { memberReverts, membershipReverts } from "./reverts/memberships";
import { commissionReverts, shopReverts } from "./reverts/owners";
import { asRefusal, NEWER } from "./reverts/refusal";
import type { Fields, Reversible } from "./reverts/reversible";
import { decisionReverts, replyReverts } from "./reverts/reviews";
import { synonymReverts } from "./reverts/search";
import { settingsReverts } from "./reverts/settings";
import { rateReverts, zoneReverts } from "./reverts/shipping";
import { roleReverts, switchReverts } from "./reverts/staff";
import { backorderReverts, thresholdReverts } from "./reverts/stock";
import { taxClassReverts, taxRateReverts } from "./reverts/tax";

/** What owners may take back, too: what they themselves did to goods that are theirs. */
const ofStaff = {
  "inventory.backorder": backorderReverts,
  "inventory.threshold": thresholdReverts,
  "product.edit": productReverts,
  "product.schedule": scheduleReverts,
  "review.moderate": decisionReverts,
  "review.reply": replyReverts,
  "variant.edit": variantReverts,
} satisfies Partial<Record<RevertAction, Reversible<Staff>>>;

/** A line for each action that domain/audit-revert names. */
const ofAdmins: Record<RevertAction, Reversible> = {
  ...ofStaff,
  "accounts.role": roleReverts,
  "category.edit": categoryReverts,
  "category.move": categoryMoveReverts,
  "customer.membership": memberReverts,
  "discount.deactivate": discountReverts,
  "discount.edit": discountReverts,
  "membership.edit": membershipReverts,
  "owner.commission": commissionReverts,
  "owner.shop": shopReverts,
  "page.edit": pageReverts,
  "rate.deactivate": rateReverts,
  "rate.edit": rateReverts,
  "settings.edit": settingsReverts,
  "staff.activate": switchReverts,
  "staff.deactivate": switchReverts,
  "synonyms.change": synonymReverts,
  "tax_class.edit": taxClassReverts,
  "tax_rate.edit": taxRateReverts,
  "zone.edit": zoneReverts,
};

const within = (staff: Staff): SQL | undefined =>
  staff.kind === "owner"
    ? sql`${audit.actorId} = ${staff.userId}
        AND ${productOfEntry} IN (SELECT p.id FROM products p WHERE p.owner_id = ${staff.ownerId})`
    : undefined;

/** The product that an entry is about. Keys of other subjects are no ids. */
const productOfEntry = sql`CASE ${audit.subject}
  WHEN 'products' THEN ${audit.subjectId}::uuid
  WHEN 'reviews' THEN (SELECT r.product_id FROM reviews r WHERE r.id = ${audit.subjectId}::uuid)
  WHEN 'inventory' THEN (SELECT v.product_id FROM variants v WHERE v.id = ${audit.subjectId}::uuid)
  WHEN 'variants' THEN (SELECT v.product_id FROM variants v WHERE v.id = ${audit.subjectId}::uuid)
END`;

type Row = Parameters<Reversible["apply"]>[1];
type Entry = typeof audit.$inferSelect;
/** Takes something back and answers the tags of stale pages. */
type Way = () => Promise<readonly CacheTag[]>;

/**
 * Puts back what one entry of the log changed or deleted and answers the tags of stale pages. The service that does it writes an
 * entry of its own, which can be taken back in turn.
 * @throws ShopError not_found, revert_refused where the row is gone, a field of it changed since, or the subject's own
 * service does not take what was
 */
export async function revert(staff: Staff, { entryId }: { entryId: string }): Promise<readonly CacheTag[]> {
  const takeItBack = await withTx((tx) => findWay(tx, staff, entryId));
  try {
    return await takeItBack();
  } catch (error) {
    throw asRefusal(error);
  }
}

async function findWay(tx: Tx, staff: Staff, entryId: string): Promise<Way> {
  const [found] = await tx
    .select({ ...getTableColumns(audit), now: sql<Date>`shop_now()`.mapWith(audit.createdAt) })
    .from(audit)
    .where(and(eq(audit.id, entryId), within(staff)))
    .limit(1);
  if (!found) throw new ShopError("not_found", { what: "entry" });
  const id = found.subjectId;
  const gone = restoreSubjectOf(found);
  if (gone && staff.kind === "admin") return () => restorers[gone](staff, { id, fields: found.before ?? {} });
  const delta = stockDeltaOf(found);
  if (delta !== undefined)
    return async () => {
      await takeBack(staff, { variantId: id, entryId, delta });
      return [];
    };
  const action = revertActionOf(found);
  if (!action) throw refused("Changes of this kind cannot be taken back here.");
  if (isOver(found, found.now)) throw refused("Its moment has come meanwhile. Please choose new times.");
  const reversible = reversibleOf(staff, action);
  if (!reversible) throw new ShopError("not_found", { what: "entry" });
  const stands = await reversible.read(tx, id);
  if (!stands) throw refused("It is gone: there is nothing to put it back on.");
  await requireUntouched(tx, found, stands.fields);
  const fields = { ...stands.fields, ...found.before };
  return () => reversible.apply({ id, version: stands.version, fields, from: found.after ?? {} });
}

/** How what an action changed is read and saved by this member of staff; undefined where they may not. */
function reversibleOf(staff: Staff, action: RevertAction) {
  if (staff.kind === "admin") {
    const any = ofAdmins[action];
    return { read: any.read, apply: (row: Row) => any.apply(staff, row) };
  }
  const own: Reversible<Staff> | undefined = isOfStaff(action) ? ofStaff[action] : undefined;
  return own && { read: own.read, apply: (row: Row) => own.apply(staff, row) };
}

const isOfStaff = (action: RevertAction): action is keyof typeof ofStaff => Object.hasOwn(ofStaff, action);

/** Every field must still be what the entry made of it: putting back an old value over a newer one loses the newer. */
async function requireUntouched(tx: Tx, entry: Entry, now: Fields): Promise<void> {
  const changed = Object.entries(entry.after ?? {}).filter(([name, value]) => !isSame(now[name], value));
  if (changed.length === 0) return;
  if (changed.every(([name]) => isSame(now[name], entry.before?.[name])))
    throw refused("It is as it was before already.");
  const [later] = (await tx.execute(sql`
    SELECT a.before, a.after, extract(epoch FROM shop_now() - a.created_at)::float8 AS seconds,
      COALESCE(NULLIF(trim(u.first_name || ' ' || u.last_name), ''), u.username) AS who
    FROM audit a LEFT JOIN users u ON u.id = a.actor_id
    WHERE a.subject = ${entry.subject} AND a.subject_id = ${entry.subjectId} AND a.id > ${entry.id}
      AND a.after ?| ARRAY(SELECT json_array_elements_text(${JSON.stringify(changed.map(([name]) => name))}::json))
    ORDER BY a.created_at DESC, a.id DESC LIMIT 1`)) as unknown as Parameters<typeof sentenceOf>[0][];
  throw refused(later ? `${sentenceOf(later)} Take that back first.` : NEWER);
}

const refused = (reason: string) => new ShopError("revert_refused", { reason });

const isSame = (a: unknown, b: unknown): boolean => stable(a) === stable(b);

/** JSON whose keys stand in one order: the log's column does not keep theirs. */
function stable(value: unknown): string {
  const plain: unknown = JSON.parse(JSON.stringify(value ?? null));
  return JSON.stringify(plain, (_key, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
