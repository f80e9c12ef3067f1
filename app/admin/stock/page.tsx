import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { StockTable, stockColumns } from "@/components/admin/stock-table";
import { LinkButton } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import {
  isId,
  type Query,
  readList,
  stockDirection,
  stockSorts,
  stockViewLabel,
  stockViews,
  textOf,
} from "@/lib/domain/back-office";
import { listStock } from "@/lib/queries/admin/stock";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Stock" };

const PATH = "/admin/stock";

export default async function AdminStock({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from={PATH} />;
  // Notifications name a variant this way.
  const variant = textOf(query, "variant");
  if (isId(variant)) redirect(`${PATH}/${variant}` as Route);
  const state = readList(query, PATH, {
    views: stockViews,
    sorts: stockSorts,
    columns: stockColumns.map(({ key }) => key),
  });
  const { rows, counts, pages } = await listStock(staff, { ...state, pageSize: 40 });
  return (
    <>
      <PageHead title="Stock">
        <LinkButton href={"/admin/stock/count" as Route} look="line" small>
          Stocktake
        </LinkButton>
      </PageHead>
      <ListTools
        state={state}
        views={stockViews.map((each) => ({ view: each, label: stockViewLabel[each], count: counts[each] }))}
        sorts={[
          { sort: "name", label: "name" },
          { sort: "available", label: "fewest first" },
          { sort: "reserved", label: "most reserved" },
        ]}
        sortedByHead
        columns={stockColumns.filter(({ key }) => key !== "owner" || staff.kind === "admin")}
        searchLabel="SKU or name"
      />
      {rows.length > 0 ? (
        <StockTable
          rows={rows}
          withOwner={staff.kind === "admin"}
          cols={state.cols}
          sorting={sortingOf(state, stockDirection, "name")}
        />
      ) : (
        <NothingListed what="variants" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "name")} />
      </div>
    </>
  );
}
