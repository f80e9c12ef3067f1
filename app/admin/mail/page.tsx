import type { Metadata } from "next";
import { hrefWith, ListTools, NothingListed } from "@/components/admin/list-tools";
import { MailTable } from "@/components/admin/mail-table";
import { PageHead } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Pagination } from "@/components/ui/pagination";
import {
  choiceOf,
  mailSorts,
  mailViewLabel,
  mailViews,
  pageOf,
  type Query,
  textOf,
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
  const page = pageOf(query);
  const view = choiceOf(query, "view", mailViews);
  const sort = choiceOf(query, "sort", mailSorts);
  const state = { path: PATH, view, sort, search: textOf(query, "q") };
  const { rows, counts, pages, isSending } = await listMail(staff, {
    ...state,
    view,
    sort,
    page,
    pageSize: 30,
  });
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
          { sort: "newest", label: "newest" },
          { sort: "oldest", label: "oldest" },
        ]}
        searchLabel="Address, subject or order"
      />
      {rows.length > 0 ? (
        <MailTable rows={rows} now={new Date()} timeZone={timeZone} />
      ) : (
        <NothingListed what="mail" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "newest")} />
      </div>
    </>
  );
}
