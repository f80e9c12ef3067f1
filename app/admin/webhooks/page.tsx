import type { Metadata } from "next";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { WebhookTable, webhookColumns } from "@/components/admin/webhook-table";
import { NotHere } from "@/components/layout/not-here";
import { Pagination } from "@/components/ui/pagination";
import { type Query, readList } from "@/lib/domain/back-office";
import { webhookDirection, webhookSorts, webhookViewLabel, webhookViews } from "@/lib/domain/engine-room";
import { listWebhooks } from "@/lib/queries/admin/webhooks";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Webhooks" };

const PATH = "/admin/webhooks";

export default async function AdminWebhooks({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const state = readList(query, PATH, {
    views: webhookViews,
    sorts: webhookSorts,
    columns: webhookColumns.map(({ key }) => key),
  });
  const { rows, counts, pages } = await listWebhooks(staff, { ...state, pageSize: 50 });
  return (
    <>
      <PageHead
        title="Webhooks"
        line="What the payment service told the shop. Each event takes effect once."
      />
      <ListTools
        state={state}
        views={webhookViews.map((each) => ({
          view: each,
          label: webhookViewLabel[each],
          count: counts[each],
        }))}
        sorts={[
          { sort: "when", label: "newest", dir: "desc" },
          { sort: "when", label: "oldest", dir: "asc" },
        ]}
        sortedByHead
        columns={webhookColumns}
        searchLabel="Event, id or order"
      />
      {rows.length > 0 ? (
        <WebhookTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          cols={state.cols}
          sorting={sortingOf(state, webhookDirection, "when")}
        />
      ) : (
        <NothingListed what="events" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "when")} />
      </div>
    </>
  );
}
