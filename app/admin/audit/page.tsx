import type { Metadata } from "next";
import { AuditFilter } from "@/components/admin/audit-filter";
import { AuditTable, auditColumns } from "@/components/admin/audit-table";
import { hrefWith, SortLine, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Link } from "@/components/ui/link";
import { auditDirection, auditSorts, type Query, readList, textOf } from "@/lib/domain/back-office";
import { listAudit, listAuditChoices } from "@/lib/queries/admin/audit";
import { listTiers } from "@/lib/queries/admin/customer";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Audit log" };

const PATH = "/admin/audit";

export default async function AdminAudit({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, store] = await Promise.all([enter(), searchParams, getStore()]);
  const { currency, locale, timeZone } = store;
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const state = readList(query, PATH, {
    views: ["all"],
    sorts: auditSorts,
    columns: auditColumns.map(({ key }) => key),
    more: ["who", "subject", "id", "action", "from", "to"],
  });
  const { who = "", subject = "", id: subjectId = "", action = "", from = "", to = "" } = state.more;
  const filter = { who, subject, subjectId, action, from, to };
  const { sort, dir, page } = state;
  const [{ rows, hasMore }, choices, tiers] = await Promise.all([
    listAudit(staff, { ...filter, sort, dir, page, pageSize: 50 }, timeZone),
    listAuditChoices(staff),
    listTiers(),
  ]);
  const hrefOf = (n: number) => hrefWith(state, { page: n }, "when");
  return (
    <>
      <PageHead
        title="Audit log"
        line="Who changed what. Nothing here is ever changed itself; taking back is a change of its own."
        done={textOf(query, "done") === "reverted" ? "It is as it was before." : undefined}
      />
      <AuditFilter state={state} filter={filter} {...choices} />
      <div className="mb-2">
        <SortLine
          state={state}
          sorts={[
            { sort: "when", label: "newest" },
            { sort: "what", label: "what" },
            { sort: "who", label: "who" },
          ]}
          sortedByHead
          columns={auditColumns}
        />
      </div>
      {rows.length > 0 ? (
        <AuditTable
          entries={rows}
          now={new Date()}
          writing={{ currency, locale, timeZone, names: namesOf(tiers) }}
          back={hrefOf(page)}
          cols={state.cols}
          sorting={sortingOf(state, auditDirection, "when")}
        />
      ) : (
        <NothingListed what="changes" state={state} />
      )}
      {(page > 1 || hasMore) && (
        <nav aria-label="Pages" className="mt-6 flex gap-4">
          {page > 1 && (
            <Link href={hrefOf(page - 1)} className="link inline-flex min-h-6 items-center">
              Back
            </Link>
          )}
          {hasMore && (
            <Link href={hrefOf(page + 1)} className="link inline-flex min-h-6 items-center">
              More
            </Link>
          )}
        </nav>
      )}
    </>
  );
}

const namesOf = (rows: readonly { id: string; name: string }[]) =>
  Object.fromEntries(rows.map(({ id, name }) => [id, name]));
