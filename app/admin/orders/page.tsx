import type { Metadata, Route } from "next";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { OrderFilter } from "@/components/admin/order-filter";
import { OrderNews } from "@/components/admin/order-news";
import { OrderTable } from "@/components/admin/order-table";
import { PageHead } from "@/components/admin/page-head";
import { SavedViews } from "@/components/admin/saved-views";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { SubmitButton } from "@/components/ui/pending";
import { processOrders } from "@/lib/actions/admin/order-list";
import { orderDirection, orderViewLabel, orderViews, type Query, textOf } from "@/lib/domain/back-office";
import { ORDERS_PATH, orderColumns, orderQueryOf, readOrderList, readTold } from "@/lib/domain/order-list";
import { hasFormerOrders } from "@/lib/queries/admin/former-orders";
import { getNewestOrder, listOrderChoices, listOrders } from "@/lib/queries/admin/orders";
import { listSavedViews } from "@/lib/queries/admin/saved-views";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Orders" };

const DONE: Readonly<Record<string, string>> = {
  kept: "The list is saved.",
  renamed: "The list has its new name.",
  forgotten: "The list is deleted; its orders are where they were.",
};

export default async function AdminOrders({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={ORDERS_PATH} />;
  const state = readOrderList(query);
  const list = orderQueryOf(state);
  const [{ rows, counts, pages }, choices, saved, newest, hasFormer] = await Promise.all([
    listOrders(staff, { ...state, pageSize: 30 }),
    listOrderChoices(staff),
    listSavedViews(staff, "orders"),
    getNewestOrder(staff),
    hasFormerOrders(staff),
  ]);
  const told = readTold(textOf(query, "told"));
  const isOwner = staff.kind === "owner";
  return (
    <>
      <PageHead title="Orders" done={DONE[textOf(query, "done")]}>
        <div className="flex flex-wrap items-center gap-3">
          {hasFormer && (
            <LinkButton href={"/admin/orders/former" as Route} look="quiet" small>
              From the former shop
            </LinkButton>
          )}
          {!isOwner && (
            <LinkButton href={"/admin/orders/new" as Route} look="line" small>
              New order
            </LinkButton>
          )}
          <a
            href={`/admin/orders/export.csv?list=${encodeURIComponent(list)}`}
            download
            className="button button-line button-small"
          >
            Export as CSV
          </a>
        </div>
      </PageHead>
      <OrderNews newest={newest} />
      {told.length > 0 && (
        <Notice
          tone={told.every(({ isDone }) => isDone) ? "success" : "error"}
          title={`Packing began in ${told.filter(({ isDone }) => isDone).length} of ${told.length} orders`}
          className="mb-6"
        >
          <ul>
            {told.map(({ number, text }) => (
              <li key={number}>
                <span className="num">{number}</span>: {text}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <ListTools
        state={state}
        views={orderViews.map((each) => ({ view: each, label: orderViewLabel[each], count: counts[each] }))}
        sorts={[
          { sort: "placed", label: "newest" },
          { sort: "total", label: "sum" },
        ]}
        sortedByHead
        columns={orderColumns}
        searchLabel={isOwner ? "Number, name or SKU" : "Number, e-mail, phone, name or SKU"}
      >
        <OrderFilter state={state} choices={choices} />
        <SavedViews views={saved} query={list} />
      </ListTools>
      {rows.length > 0 ? (
        <OrderTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          totalHead={isOwner ? "Your goods" : "Total"}
          list={list}
          cols={state.cols}
          sorting={sortingOf(state, orderDirection, "placed")}
          bulk={{
            form: "bulk-orders",
            action: processOrders,
            what: "orders",
            label: ({ number }) => number,
            children: (
              <>
                <input type="hidden" name="list" value={list} />
                <SubmitButton small>Start packing</SubmitButton>
                {/* Plain pages: their buttons send the ticks there. */}
                <button
                  type="submit"
                  formAction="/admin/orders/slips"
                  formMethod="get"
                  className="button button-line button-small"
                >
                  Packing slips
                </button>
                <button
                  type="submit"
                  formAction="/admin/orders/export.csv"
                  formMethod="get"
                  className="button button-line button-small"
                >
                  Export
                </button>
              </>
            ),
          }}
        />
      ) : (
        <NothingListed what="orders" state={{ ...state, search: state.search || list }} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "placed")} />
      </div>
    </>
  );
}
