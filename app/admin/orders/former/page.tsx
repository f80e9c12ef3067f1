import type { Metadata } from "next";
import { FormerOrderTable, formerColumns } from "@/components/admin/former-order-table";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Pagination } from "@/components/ui/pagination";
import { type Query, readList } from "@/lib/domain/back-office";
import { formerDirection, formerSorts, formerViewLabel, formerViews } from "@/lib/domain/former-orders";
import { listFormerOrders } from "@/lib/queries/admin/former-orders";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "From the former shop" };

const PATH = "/admin/orders/former";

export default async function AdminFormerOrders({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const state = readList(query, PATH, {
    views: formerViews,
    sorts: formerSorts,
    columns: formerColumns.map(({ key }) => key),
  });
  const { rows, counts, pages } = await listFormerOrders(staff, { ...state, pageSize: 30 });
  return (
    <>
      <PageHead
        title="From the former shop"
        steps={[{ label: "Orders", href: "/admin/orders" }]}
        line="To read and to find. They are not in this shop's books, stock, payouts or figures."
      />
      <ListTools
        state={state}
        views={formerViews.map((view) => ({ view, label: formerViewLabel[view], count: counts[view] }))}
        sorts={[
          { sort: "placed", label: "newest" },
          { sort: "total", label: "sum" },
          { sort: "number", label: "number" },
        ]}
        sortedByHead
        columns={formerColumns}
        searchLabel="Number, e-mail or name"
      />
      {rows.length > 0 ? (
        <FormerOrderTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          cols={state.cols}
          sorting={sortingOf(state, formerDirection, "placed")}
        />
      ) : (
        <NothingListed what="former orders" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "placed")} />
      </div>
    </>
  );
}
