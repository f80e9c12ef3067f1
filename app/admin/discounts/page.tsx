import type { Metadata, Route } from "next";
import { DiscountTable, discountColumns } from "@/components/admin/discount-table";
import { DiscountTester } from "@/components/admin/discount-tester";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead, Panel } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { LinkButton } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { type Query, readList, textOf } from "@/lib/domain/back-office";
import { countryList } from "@/lib/domain/country-list";
import {
  discountDirection,
  discountSorts,
  discountViewLabel,
  discountViews,
  TRIAL_LINES,
} from "@/lib/domain/discounts-form";
import { listDiscounts } from "@/lib/queries/admin/discounts";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";
import { UNDONE, undoOn } from "../undo";

export const instant = false;
export const metadata: Metadata = { title: "Discounts" };

const PATH = "/admin/discounts";

const DONE: Readonly<Record<string, string>> = {
  deleted: "The discount is deleted. No order ever used it.",
  undone: UNDONE,
};

export default async function AdminDiscounts({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, store] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const state = readList(query, PATH, {
    views: discountViews,
    sorts: discountSorts,
    columns: discountColumns.map(({ key }) => key),
  });
  const [{ rows, counts, pages }, undo] = await Promise.all([
    listDiscounts(staff, { ...state, pageSize: 30 }),
    undoOn(staff, query, { back: PATH, subjects: ["discounts"] }),
  ]);
  return (
    <>
      <PageHead
        title="Discounts"
        line="Codes, and what applies by itself. Several combine; a code comes last."
        done={DONE[textOf(query, "done")]}
        undo={undo}
      >
        <LinkButton href={"/admin/discounts/new" as Route} small>
          New discount
        </LinkButton>
      </PageHead>
      <ListTools
        state={state}
        views={discountViews.map((each) => ({
          view: each,
          label: discountViewLabel[each],
          count: counts[each],
        }))}
        sorts={[
          { sort: "dates", label: "newest" },
          { sort: "title", label: "title" },
          { sort: "uses", label: "uses" },
        ]}
        sortedByHead
        columns={discountColumns}
        searchLabel="Title or code"
      />
      {rows.length > 0 ? (
        <DiscountTable
          rows={rows}
          currency={store.currency}
          timeZone={store.timeZone}
          cols={state.cols}
          sorting={sortingOf(state, discountDirection, "dates")}
        />
      ) : (
        <NothingListed what="discounts" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "dates")} />
      </div>
      <div className="mt-12">
        <Panel title="Why did it not apply?" id="tester">
          <p className="mb-5 text-s text-quiet">
            Fill a cart as the shopper had it. It is priced as theirs would be, and nothing is kept.
          </p>
          <DiscountTester code="" lines={TRIAL_LINES} country={store.country} countries={countryList} />
        </Panel>
      </div>
    </>
  );
}
