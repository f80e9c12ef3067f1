/** Memberships in the back office: the tiers, with how many hold and ask for each. For admins only. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";

export interface Tier {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly benefit: string;
  readonly position: number;
  /** Customers who have it. */
  readonly members: number;
  /** Discounts that are for its members alone. */
  readonly discounts: number;
}

/** All tiers, in their order. */
export async function listMemberships(_admin: Admin): Promise<Tier[]> {
  const rows = await sql<Tier[]>`
    select t.id, t.version, t.name, t.benefit, t.position,
      (select count(*) from users u where u.membership_tier_id = t.id)::int as members,
      (select count(*) from discounts d where d.membership_tier_id = t.id)::int as discounts
    from membership_tiers t order by t.position, t.name`;
  return [...rows];
}
