import type { Metadata } from "next";
import { CustomerTable, customerColumnsFor } from "@/components/admin/customer-table";
import { hrefWith, ListTools, sortingOf } from "@/components/admin/list-tools";
import { NothingListed } from "@/components/admin/nothing-listed";
import { PageHead } from "@/components/admin/page-head";
import { LinkButton } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import {
  customerDirection,
  customerSorts,
  customerViewLabel,
  customerViews,
  type Query,
  readList,
  textOf,
} from "@/lib/domain/back-office";
import { listCustomers } from "@/lib/queries/admin/customers";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Customers" };

const PATH = "/admin/customers";

const DONE: Readonly<Record<string, string>> = {
  erased: "The customer is erased.",
};

export default async function AdminCustomers({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone, currency }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  const isOwner = staff.kind === "owner";
  const columns = customerColumnsFor(staff);
  const state = readList(query, PATH, {
    views: customerViews,
    sorts: customerSorts,
    columns: columns.map(({ key }) => key),
  });
  const { rows, counts, pages } = await listCustomers(staff, { ...state, pageSize: 30 });
  const views = customerViews.filter((view) => !isOwner || view !== "members");
  return (
    <>
      <PageHead
        title="Customers"
        line={
          isOwner
            ? "Who bought your goods, by the name on the parcel."
            : "Accounts, and guests by their e-mail address."
        }
        done={DONE[textOf(query, "done")]}
      >
        {!isOwner && (
          <LinkButton href="/admin/customers/memberships" look="line" small>
            Memberships
          </LinkButton>
        )}
      </PageHead>
      <ListTools
        state={state}
        views={views.map((view) => ({ view, label: customerViewLabel[view], count: counts[view] }))}
        sorts={[
          { sort: "last", label: "last order" },
          { sort: "value", label: isOwner ? "sum" : "spent" },
          { sort: "orders", label: "orders" },
          ...(isOwner ? [] : [{ sort: "name", label: "name" }]),
        ]}
        sortedByHead
        columns={columns}
        searchLabel={isOwner ? "Name or order" : "Name, e-mail or order"}
      />
      {rows.length > 0 ? (
        <CustomerTable
          rows={rows}
          now={new Date()}
          timeZone={timeZone}
          currency={currency}
          isOwner={isOwner}
          cols={state.cols}
          sorting={sortingOf(state, customerDirection, "last")}
        />
      ) : (
        <NothingListed what="customers" state={state} />
      )}
      <div className="mt-8">
        <Pagination page={state.page} pages={pages} hrefFor={(n) => hrefWith(state, { page: n }, "last")} />
      </div>
    </>
  );
}
