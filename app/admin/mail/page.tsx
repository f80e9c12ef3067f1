import type { Metadata } from "next";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { MailTable, mailColumns } from "@/components/admin/mail-table";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Pagination } from "@/components/ui/pagination";
import {
  mailDirection,
  mailSorts,
  mailViewLabel,
  mailViews,
  type Query,
  readList,
} from "@/lib/domain/back-office";
import { listMail } from "@/lib/queries/admin/mail";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Mail" };

const PATH = "/admin/mail";

export default async function AdminMail({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const state = readList(query, PATH, {
    views: mailViews,
    sorts: mailSorts,
    columns: mailColumns.map(({ key }) => key),
  });
  const { rows, counts, pages, isSending } = await listMail(staff, { ...state, pageSize: 30 });
  return (
    <>
      <PageHead
        title="Mail"
        line={
          isSending
            ? "What the shop writes to shoppers, owners and admins."
            : "There is no mail server (SMTP_URL), so mail is kept here instead of being sent."
        }
      />
      <ListTools
        state={state}
        views={mailViews.map((each) => ({ view: each, label: mailViewLabel[each], count: counts[each] }))}
        sorts={[
          { sort: "when", label: "newest" },
          { sort: "subject", label: "subject" },
          { sort: "to", label: "address" },
        ]}
        sortedByHead
        columns={mailColumns}
        searchLabel="Address, subject or order"
      />
      {rows.length > 0 ? (
        <MailTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          cols={state.cols}
          sorting={sortingOf(state, mailDirection, "when")}
        />
      ) : (
        <NothingListed what="mail" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "when")} />
      </div>
    </>
  );
}
