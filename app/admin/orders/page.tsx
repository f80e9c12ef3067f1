import type { Metadata } from "next";
import { hrefWith, ListTools, NothingListed } from "@/components/admin/list-tools";
import { OrderFilter } from "@/components/admin/order-filter";
import { OrderTable } from "@/components/admin/order-table";
import { PageHead } from "@/components/admin/page-head";
import { Pagination } from "@/components/ui/pagination";
import { orderViewLabel, orderViews, type Query } from "@/lib/domain/back-office";
import { ORDERS_PATH, orderColumns, orderQueryOf, readOrderList } from "@/lib/domain/order-list";
import { listOrderChoices, listOrders } from "@/lib/queries/admin/orders";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Orders" };

export default async function AdminOrders({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={ORDERS_PATH} />;
  const state = readOrderList(query);
  const [{ rows, counts, pages }, choices] = await Promise.all([
    listOrders(staff, { ...state, pageSize: 30 }),
    listOrderChoices(staff),
  ]);
  const isOwner = staff.kind === "owner";
  return (
    <>
      <PageHead title="Orders" />
      <ListTools
        state={state}
        views={orderViews.map((each) => ({ view: each, label: orderViewLabel[each], count: counts[each] }))}
        sorts={[
          { sort: "placed", label: "newest" },
          { sort: "total", label: "sum" },
        ]}
        sortedByHead
        columns={orderColumns}
        searchLabel={isOwner ? "Number, name or SKU" : "Number, e-mail, name or SKU"}
      >
        <OrderFilter state={state} choices={choices} />
      </ListTools>
      {rows.length > 0 ? (
        <OrderTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          totalHead={isOwner ? "Your goods" : "Total"}
          list={orderQueryOf(state)}
          cols={state.cols}
          sorting={{
            by: state.sort,
            dir: state.dir || "desc",
            href: (sort, dir) => hrefWith(state, { sort, dir }, "placed"),
          }}
        />
      ) : (
        <NothingListed what="orders" state={{ ...state, search: state.search || orderQueryOf(state) }} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "placed")} />
      </div>
    </>
  );
}
