import type { Metadata } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { ActiveForm, EndSessionsForm, RemoveFactorForm, RoleForm } from "@/components/admin/staff-forms";
import { roleName, StaffState } from "@/components/admin/staff-table";
import { NotHere } from "@/components/layout/not-here";
import { isId, type Query, textOf } from "@/lib/domain/back-office";
import { shortMoment } from "@/lib/domain/moments";
import { getStaffMember } from "@/lib/queries/admin/staff";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";
import { STAFF_UNDONE, undoOn } from "../../undo";

export const instant = false;
export const metadata: Metadata = { title: "Staff" };

const told: Readonly<Record<string, string>> = {
  role: "The role is changed.",
  off: "The account is switched off and signed out.",
  on: "The account is switched on.",
  sessions: "They are signed out everywhere.",
  factor: "The second factor is removed.",
  undone: STAFF_UNDONE,
};

export default async function StaffMemberPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Query>;
}) {
  const [staff, { id }, query, { timeZone }] = await Promise.all([enter(), params, searchParams, getStore()]);
  if (!staff) return <NoEntry from={`/admin/staff/${encodeURIComponent(id)}`} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const member = isId(id) ? await getStaffMember(staff, id) : null;
  if (!member) return <NothingHere back="/admin/staff" backLabel="All staff" />;
  const undo = await undoOn(staff, query, { back: `/admin/staff/${id}`, subjects: ["users"], id });
  const isOwn = member.id === staff.userId;
  const now = new Date();
  return (
    <>
      <PageHead
        title={member.name}
        steps={[{ label: "Staff", href: "/admin/staff" }]}
        line={`${roleName[member.role]}${member.shop ? `, ${member.shop}` : ""} · ${member.email}`}
        done={told[textOf(query, "done")]}
        undo={undo}
      >
        <StaffState row={member} />
      </PageHead>
      <div className="grid grid-cols-1 gap-10 lg:grid-cols-2">
        <div className="grid grid-cols-1 content-start gap-10">
          <Panel title="Role" id="role">
            {isOwn ? (
              <p className="text-quiet">Your own role is changed by another admin.</p>
            ) : (
              <RoleForm key={member.role} member={member} />
            )}
          </Panel>
          {!isOwn && (
            <Panel title="Account" id="account">
              <ActiveForm member={member} />
            </Panel>
          )}
        </div>
        <div className="grid grid-cols-1 content-start gap-10">
          <Panel title="Signed in on" id="devices">
            {member.devices.length > 0 ? (
              <>
                <ul className="mb-4">
                  {member.devices.map(({ id: session, device, lastSeenAt }) => (
                    <li key={session} className="flex justify-between gap-4 border-b py-2">
                      {device}
                      <time dateTime={lastSeenAt.toISOString()} className="num text-quiet">
                        {shortMoment(lastSeenAt, now, timeZone)}
                      </time>
                    </li>
                  ))}
                </ul>
                <EndSessionsForm userId={member.id} />
              </>
            ) : (
              <p className="text-quiet">Nowhere.</p>
            )}
          </Panel>
          <Panel title="Second factor" id="factor">
            {member.hasFactor && !isOwn ? (
              <RemoveFactorForm userId={member.id} />
            ) : (
              <p className="text-quiet">
                {member.hasFactor ? "On. You turn it off on your profile." : "Off."}
              </p>
            )}
          </Panel>
        </div>
      </div>
    </>
  );
}
