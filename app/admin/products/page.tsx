import type { Metadata, Route } from "next";
import { hrefWith, ListTools, NothingListed } from "@/components/admin/list-tools";
import { PageHead } from "@/components/admin/page-head";
import { ProductTable } from "@/components/admin/product-table";
import { LinkButton } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import {
  choiceOf,
  pageOf,
  productSorts,
  productViewLabel,
  productViews,
  type Query,
  textOf,
} from "@/lib/domain/back-office";
import { listProducts } from "@/lib/queries/admin/products";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Products" };

const PATH = "/admin/products";

export default async function AdminProducts({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, store] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  const page = pageOf(query);
  const view = choiceOf(query, "view", productViews);
  const sort = choiceOf(query, "sort", productSorts);
  const state = { path: PATH, view, sort, search: textOf(query, "q") };
  const { rows, counts, pages } = await listProducts(staff, { ...state, view, sort, page, pageSize: 30 });
  return (
    <>
      <PageHead title="Products">
        <LinkButton href={"/admin/products/new" as Route} small>
          New product
        </LinkButton>
      </PageHead>
      <ListTools
        state={state}
        views={productViews.map((each) => ({
          view: each,
          label: productViewLabel[each],
          count: counts[each],
        }))}
        sorts={[
          { sort: "name", label: "name" },
          { sort: "newest", label: "newest" },
          { sort: "price", label: "price" },
          { sort: "stock", label: "stock" },
        ]}
        searchLabel="Name or SKU"
      />
      {rows.length > 0 ? (
        <ProductTable rows={rows} currency={store.currency} withOwner={staff.kind === "admin"} />
      ) : (
        <NothingListed what="products" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "name")} />
      </div>
    </>
  );
}
