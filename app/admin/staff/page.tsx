import type { Metadata } from "next";
import { PageHead, Panel } from "@/components/admin/page-head";
import { InviteForm, PolicyForm } from "@/components/admin/staff-forms";
import { StaffTable } from "@/components/admin/staff-table";
import { NotHere } from "@/components/layout/not-here";
import { type Query, textOf } from "@/lib/domain/back-office";
import { listStaff } from "@/lib/queries/admin/staff";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";
import { STAFF_UNDONE, undoOn } from "../undo";

export const instant = false;
export const metadata: Metadata = { title: "Staff" };

const PATH = "/admin/staff";

const told: Readonly<Record<string, string>> = {
  invited: "They have a mail with a link, which works for three days.",
  joined: "That address has an account already; it is on the staff now, and its password stays.",
  left: "They have left the staff and are signed out.",
  policy: "What the back office asks for is saved.",
  undone: STAFF_UNDONE,
};

export default async function StaffPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const [{ rows, secondFactor }, undo] = await Promise.all([
    listStaff(staff),
    undoOn(staff, query, { back: PATH, subjects: ["users"] }),
  ]);
  return (
    <>
      <PageHead
        title="Staff"
        line="Owners sell their own goods and see nothing of each other; admins run the shop."
        done={told[textOf(query, "done")]}
        undo={undo}
      />
      <StaffTable rows={rows} now={new Date()} timeZone={timeZone} />
      <div className="mt-10 grid grid-cols-1 gap-10 lg:grid-cols-2">
        <Panel title="Invite somebody" id="invite">
          <InviteForm />
        </Panel>
        <Panel title="At the door" id="door">
          <PolicyForm secondFactor={secondFactor} />
        </Panel>
      </div>
    </>
  );
}
