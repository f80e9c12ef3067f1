import type { Metadata } from "next";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { RefundFilter } from "@/components/admin/refund-filter";
import { RefundTable } from "@/components/admin/refund-table";
import { Pagination } from "@/components/ui/pagination";
import { type Query, textOf } from "@/lib/domain/back-office";
import {
  REFUNDS_PATH,
  readRefundList,
  refundColumns,
  refundDirection,
  refundQueryOf,
  refundViewLabel,
  refundViews,
} from "@/lib/domain/refund-list";
import { listOrderChoices } from "@/lib/queries/admin/orders";
import { listAllRefunds } from "@/lib/queries/admin/refund-list";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Refunds" };

const DONE: Readonly<Record<string, string>> = {
  retried: "The refund is tried again.",
  paidback: "It is in the books that the cash went back.",
  notpaid: "The cash stayed here; the sum may be refunded again.",
};

export default async function AdminRefunds({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={REFUNDS_PATH} />;
  const state = readRefundList(query);
  const list = refundQueryOf(state);
  const isOwner = staff.kind === "owner";
  const [{ rows, counts, pages }, { owners }] = await Promise.all([
    listAllRefunds(staff, { ...state, pageSize: 30 }),
    listOrderChoices(staff),
  ]);
  return (
    <>
      <PageHead
        title="Refunds"
        line={isOwner ? "What was given back for your goods." : undefined}
        done={DONE[textOf(query, "done")]}
      >
        <a
          href={`${REFUNDS_PATH}/export.csv?list=${encodeURIComponent(list)}`}
          download
          className="button button-line button-small"
        >
          Export as CSV
        </a>
      </PageHead>
      <ListTools
        state={state}
        views={refundViews
          .filter((view) => view !== "to-do" || !isOwner)
          .map((view) => ({ view, label: refundViewLabel[view], count: counts[view] }))}
        sorts={[{ sort: "when", label: "newest" }, ...(isOwner ? [] : [{ sort: "amount", label: "sum" }])]}
        sortedByHead
        columns={refundColumns.filter(({ key }) => !isOwner || (key !== "owner" && key !== "by"))}
        searchLabel={isOwner ? "Order, name or SKU" : "Order, e-mail, phone, name or SKU"}
      >
        <RefundFilter state={state} owners={owners} />
      </ListTools>
      {rows.length > 0 ? (
        <RefundTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          isOwner={isOwner}
          list={list}
          cols={state.cols}
          sorting={sortingOf(state, refundDirection, "when")}
        />
      ) : (
        <NothingListed what="refunds" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "when")} />
      </div>
    </>
  );
}
