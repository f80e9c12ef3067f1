import type { Metadata } from "next";
import { Memberships } from "@/components/admin/membership-forms";
import { PageHead } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { type Query, textOf } from "@/lib/domain/back-office";
import { listMemberships } from "@/lib/queries/admin/memberships";
import { enter, NoEntry } from "../../staff";
import { formKey, UNDONE, undoOn } from "../../undo";

export const instant = false;
export const metadata: Metadata = { title: "Memberships" };

const PATH = "/admin/customers/memberships";

const DONE: Readonly<Record<string, string>> = {
  membership: "The membership is saved.",
  "membership-gone": "The membership is deleted.",
  undone: UNDONE,
};

export default async function AdminMemberships({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const [tiers, undo] = await Promise.all([
    listMemberships(staff),
    undoOn(staff, query, { back: PATH, subjects: ["membership_tiers"] }),
  ]);
  return (
    <>
      <PageHead
        title="Memberships"
        steps={[{ label: "Customers", href: "/admin/customers" }]}
        line="A customer’s page gives them one; a discount can be for its members alone."
        done={DONE[textOf(query, "done")]}
        undo={undo}
      />
      <div key={formKey(query)}>
        <Memberships tiers={tiers} />
      </div>
    </>
  );
}
