import type { Metadata } from "next";
import { hrefWith, ListTools, NothingListed } from "@/components/admin/list-tools";
import { OrderTable } from "@/components/admin/order-table";
import { PageHead } from "@/components/admin/page-head";
import { Pagination } from "@/components/ui/pagination";
import {
  choiceOf,
  orderSorts,
  orderViewLabel,
  orderViews,
  pageOf,
  type Query,
  textOf,
} from "@/lib/domain/back-office";
import { listOrders } from "@/lib/queries/admin/orders";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Orders" };

const PATH = "/admin/orders";

export default async function AdminOrders({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  const page = pageOf(query);
  const view = choiceOf(query, "view", orderViews);
  const sort = choiceOf(query, "sort", orderSorts);
  const state = { path: PATH, view, sort, search: textOf(query, "q") };
  const { rows, counts, pages } = await listOrders(staff, { ...state, view, sort, page, pageSize: 30 });
  const isOwner = staff.kind === "owner";
  return (
    <>
      <PageHead title="Orders" />
      <ListTools
        state={state}
        views={orderViews.map((each) => ({ view: each, label: orderViewLabel[each], count: counts[each] }))}
        sorts={[
          { sort: "newest", label: "newest" },
          { sort: "oldest", label: "oldest" },
          { sort: "total", label: "sum" },
        ]}
        searchLabel={isOwner ? "Number or name" : "Number, name or e-mail"}
      />
      {rows.length > 0 ? (
        <OrderTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          totalHead={isOwner ? "Your goods" : "Total"}
        />
      ) : (
        <NothingListed what="orders" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "newest")} />
      </div>
    </>
  );
}
