import type { Metadata, Route } from "next";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { ProductFilter } from "@/components/admin/product-filter";
import { ProductTable, productColumns } from "@/components/admin/product-table";
import { LinkButton } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { undoProducts } from "@/lib/actions/admin/catalog-bulk";
import {
  isId,
  productDirection,
  productSorts,
  productViewLabel,
  productViews,
  type Query,
  readList,
  textOf,
} from "@/lib/domain/back-office";
import { listCategoryChoices, listNames, listProducts } from "@/lib/queries/admin/products";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";
import { TAKEN_BACK, undoOn } from "../undo";

export const instant = false;
export const metadata: Metadata = { title: "Products" };

const PATH = "/admin/products";

export default async function AdminProducts({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, store] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  const state = readList(query, PATH, {
    views: productViews,
    sorts: productSorts,
    columns: productColumns.map(({ key }) => key),
    more: ["category", "tag"],
  });
  const { category = "", tag = "" } = state.more;
  const back = hrefWith(state, { page: state.page }, "name");
  const [{ rows, counts, pages }, categories, stockUndo, late] = await Promise.all([
    listProducts(staff, { ...state, category: isId(category) ? category : "", tag, pageSize: 30 }),
    listCategoryChoices(staff),
    undoOn(staff, query, { back, subjects: ["inventory"] }),
    listNames(staff, textOf(query, "who").split(",").filter(isId).slice(0, 5)),
  ]);
  const batch = textOf(query, "batch");
  return (
    <>
      <PageHead
        title="Products"
        done={doneText(query, late)}
        undo={batch ? { action: undoProducts, fields: { batch, back } } : stockUndo}
      >
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
        sortedByHead
        columns={productColumns}
        searchLabel="Name or SKU"
      >
        <ProductFilter state={state} categories={categories} category={category} tag={tag} />
      </ListTools>
      {rows.length > 0 ? (
        <ProductTable
          rows={rows}
          currency={store.currency}
          withOwner={staff.kind === "admin"}
          categories={categories}
          cols={state.cols}
          back={back}
          timeZone={store.timeZone}
          sorting={sortingOf(state, productDirection, "name")}
        />
      ) : (
        <NothingListed what="products" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "name")} />
      </div>
    </>
  );
}

function doneText(query: Query, late: readonly string[]): string | undefined {
  const [done, changed, left] = [textOf(query, "done"), textOf(query, "changed"), textOf(query, "left")];
  const count = (text: string) => (text === "1" ? "One product" : `${Number(text) || "No"} products`);
  const kept = Number(left) > 0;
  if (done === "undone" && !changed) return TAKEN_BACK;
  if (done === "undone")
    return `${count(changed)} as before.${kept ? ` ${count(left)} changed since and stayed.` : ""}`;
  if (done === "changed")
    return `${count(changed)} changed.${overtakenText(Number(textOf(query, "overtaken")), late)}${kept ? ` ${count(left)} cannot go into the shop yet: words for each picture and a variant for sale are needed.` : ""}`;
  if (done === "stock") return `${textOf(query, "now")} are available now.`;
  return undefined;
}

function overtakenText(count: number, names: readonly string[]): string {
  if (!(count > 0)) return "";
  const more = count - names.length;
  const said = [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
  const left = count === 1 ? "Left as it is" : "Left as they are";
  return ` ${left}, because somebody changed ${count === 1 ? "it" : "them"} meanwhile: ${said}.`;
}
