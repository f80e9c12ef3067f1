import type { Metadata, Route } from "next";
import { AuditFilter } from "@/components/admin/audit-filter";
import { AuditList } from "@/components/admin/audit-list";
import { PageHead } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Link } from "@/components/ui/link";
import { listHref, pageOf, type Query, textOf } from "@/lib/domain/back-office";
import { listAudit, listAuditChoices } from "@/lib/queries/admin/audit";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Audit log" };

const PATH = "/admin/audit";

export default async function AdminAudit({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const page = pageOf(query);
  const filter = {
    who: textOf(query, "who"),
    subject: textOf(query, "subject"),
    subjectId: textOf(query, "id"),
    action: textOf(query, "action"),
    from: textOf(query, "from"),
    to: textOf(query, "to"),
  };
  const [{ rows, hasMore }, choices] = await Promise.all([
    listAudit(staff, { ...filter, page, pageSize: 50 }, timeZone),
    listAuditChoices(staff),
  ]);
  const { subjectId: id, ...rest } = filter;
  const hrefOf = (n: number) => listHref(PATH, { ...rest, id, page: n }) as Route;
  return (
    <>
      <PageHead
        title="Audit log"
        line="Who changed what. Nothing here is ever changed itself; taking back is a change of its own."
        done={textOf(query, "done") === "reverted" ? "It is as it was before." : undefined}
      />
      <AuditFilter filter={filter} {...choices} />
      {rows.length > 0 ? (
        <AuditList entries={rows} now={new Date()} timeZone={timeZone} back={hrefOf(page)} />
      ) : (
        <p className="border-t py-12 text-l">Nothing was changed here.</p>
      )}
      <nav aria-label="Pages" className="mt-6 flex gap-4">
        {page > 1 && (
          <Link href={hrefOf(page - 1)} className="link inline-flex min-h-6 items-center">
            Newer
          </Link>
        )}
        {hasMore && (
          <Link href={hrefOf(page + 1)} className="link inline-flex min-h-6 items-center">
            Older
          </Link>
        )}
      </nav>
    </>
  );
}
