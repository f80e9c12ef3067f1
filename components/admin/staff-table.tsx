import { StatusDot } from "@/components/ui/badge";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import type { StaffRow } from "@/lib/queries/admin/staff";
import { RowLink, When } from "./cells";

export const roleName = { customer: "Customer", owner: "Owner", admin: "Admin" } as const;

/** Whether somebody can come in, in a word. */
export function StaffState({ row }: { row: Pick<StaffRow, "isActive" | "hasPassword" | "lastSignInAt"> }) {
  if (!row.isActive) return <StatusDot tone="signal">Switched off</StatusDot>;
  if (!row.hasPassword && !row.lastSignInAt) return <StatusDot tone="focus">Invited</StatusDot>;
  return <StatusDot tone="good">Active</StatusDot>;
}

/** The columns of the list that may be hidden. */
export const staffColumns = [
  { key: "email", label: "E-mail" },
  { key: "role", label: "Role" },
  { key: "state", label: "State" },
  { key: "factor", label: "Second factor" },
  { key: "seen", label: "Last sign-in" },
] as const;

/** Owners and admins, a row each; on phones a card of two lines. */
export function StaffTable({
  rows,
  now,
  timeZone,
  cols,
  sorting,
}: {
  rows: readonly StaffRow[];
  now: Date;
  timeZone: string;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<StaffRow>[] = [
    {
      key: "name",
      head: "Name",
      sort: "name",
      phone: "title",
      cell: ({ id, name }) => <RowLink href={`/admin/staff/${id}`}>{name}</RowLink>,
    },
    {
      key: "email",
      head: "E-mail",
      sort: "email",
      phone: "meta",
      cell: ({ email }) => <span className="wrap-anywhere">{email}</span>,
    },
    {
      key: "role",
      head: "Role",
      sort: "role",
      phone: "end",
      cell: ({ role, shop }) => (
        <>
          {roleName[role]}
          {shop && <span className="text-quiet max-md:hidden">, {shop}</span>}
        </>
      ),
    },
    { key: "state", head: "State", phone: "metaEnd", cell: (row) => <StaffState row={row} /> },
    {
      key: "factor",
      head: "Second factor",
      phone: "none",
      cell: ({ hasFactor }) => (hasFactor ? "On" : <span className="text-quiet">Off</span>),
    },
    {
      key: "seen",
      head: "Last sign-in",
      sort: "seen",
      sortFirst: "desc",
      phone: "none",
      cell: ({ lastSignInAt }) =>
        lastSignInAt ? (
          <When at={lastSignInAt} now={now} timeZone={timeZone} />
        ) : (
          <span className="text-quiet">never</span>
        ),
    },
  ];
  return (
    <Table
      caption="Staff"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: staffColumns.map(({ key }) => key) }}
    />
  );
}
