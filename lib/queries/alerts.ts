/** What somebody waits to hear: of an account, or of the address that a mail with a signed link went to. Never cached. */
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { type AlertLink, isAlertLink } from "@/lib/alert-link";
import type { User } from "@/lib/domain/actors";

export interface AlertView extends Record<string, unknown> {
  readonly id: string;
  readonly kind: "back_in_stock" | "price_drop";
  readonly variantId: string;
  readonly name: string;
  readonly variantTitle: string;
  readonly slug: string;
  readonly sku: string;
  /** Minor units: now, and when it was asked for. */
  readonly price: number;
  readonly asked: number | null;
  readonly currency: string;
  readonly isForSale: boolean;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
}

/** What the account waits for, the latest first. */
export const listAlerts = (user: User): Promise<readonly AlertView[]> =>
  read(sql`a.user_id = ${user.userId}`);

/** What the address of a mail waits for; null for a link that the shop did not make. */
export async function listLinkedAlerts(link: AlertLink): Promise<readonly AlertView[] | null> {
  if (!isAlertLink(link)) return null;
  return read(sql`lower(a.email) = (SELECT lower(email) FROM alerts WHERE id = ${link.alertId})`);
}

const read = (whose: SQL): Promise<readonly AlertView[]> =>
  db.execute<AlertView>(sql`
    SELECT a.id, a.kind, a.variant_id AS "variantId", p.name, v.title AS "variantTitle", p.slug, v.sku,
      v.price::float8 AS price, a.price::float8 AS asked, s.currency,
      (v.is_active AND p.status = 'active' AND o.is_active) AS "isForSale",
      img.key AS "imageKey", img.backdrop AS "imageBackdrop"
    FROM alerts a
    JOIN variants v ON v.id = a.variant_id
    JOIN products p ON p.id = v.product_id
    JOIN owners o ON o.id = p.owner_id
    JOIN settings s ON s.id = 1
    LEFT JOIN LATERAL (
      SELECT key, backdrop FROM product_images pi WHERE pi.product_id = p.id
      ORDER BY (pi.option_value_id IN (SELECT option_value_id FROM variant_option_values WHERE variant_id = v.id)) IS TRUE DESC,
        pi.is_primary DESC, pi.position LIMIT 1) img ON true
    WHERE a.sent_at IS NULL AND ${whose}
    ORDER BY a.created_at DESC, a.id DESC LIMIT 200`);
