/** An owner's shop in the back office. For admins only. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";

export interface Shop {
  readonly ownerId: string;
  readonly version: number;
  readonly name: string;
  readonly slug: string;
  /** Null: paid by hand. */
  readonly stripeAccountId: string | null;
}

/** A shop by its owner; null where there is none. */
export async function getShop(_admin: Admin, ownerId: string): Promise<Shop | null> {
  const [shop] = await sql<Shop[]>`
    select w.id as "ownerId", w.version, w.name, w.slug, w.stripe_account_id as "stripeAccountId"
    from owners w where w.id = ${ownerId}`;
  return shop ?? null;
}
