import type { Metadata } from "next";
import { hrefWith, SortLine, sortingOf } from "@/components/admin/list-tools";
import { NothingYet } from "@/components/admin/nothing-listed";
import { PageHead, Panel } from "@/components/admin/page-head";
import { InviteForm, PolicyForm } from "@/components/admin/staff-forms";
import { StaffTable, staffColumns } from "@/components/admin/staff-table";
import { NotHere } from "@/components/layout/not-here";
import { Pagination } from "@/components/ui/pagination";
import { type Query, readList, textOf } from "@/lib/domain/back-office";
import { staffDirection, staffSorts } from "@/lib/domain/staff";
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
  const state = readList(query, PATH, {
    views: ["all"],
    sorts: staffSorts,
    columns: staffColumns.map(({ key }) => key),
  });
  const [{ rows, pages, secondFactor }, undo] = await Promise.all([
    listStaff(staff, { ...state, pageSize: 50 }),
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
      <SortLine
        state={state}
        sorts={[
          { sort: "role", label: "role" },
          { sort: "name", label: "name" },
          { sort: "seen", label: "last sign-in" },
        ]}
        sortedByHead
        columns={staffColumns}
      />
      <StaffTable
        rows={rows}
        now={new Date()}
        timeZone={timeZone}
        cols={state.cols}
        sorting={sortingOf(state, staffDirection, "role")}
      />
      {rows.length === 1 && state.page === 1 && (
        <NothingYet
          title="Nobody works here but you."
          text="An owner sells goods of their own here and sees those alone; another admin runs the shop beside you. Each gets a mail with a link and chooses a password."
          ways={[["Invite somebody", "#invite"]]}
        />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "role")} />
      </div>
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
