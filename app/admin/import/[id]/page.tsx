import type { Metadata, Route } from "next";
import { ImportSteps, MappingForm } from "@/components/admin/import-forms";
import { ImportRows } from "@/components/admin/import-rows";
import { ImportState } from "@/components/admin/import-table";
import { ImportWatch } from "@/components/admin/import-watch";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { Chip } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { choiceOf, isId, listHref, pageOf, type Query } from "@/lib/domain/back-office";
import { contentOf, importStatusLabel, isBusy, outcomeLabel, outcomeViews } from "@/lib/domain/imports/views";
import { momentText } from "@/lib/domain/moments";
import { getImport, type ImportCard, listImportRows, listShops } from "@/lib/queries/admin/imports";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Import" };

const PAGE_SIZE = 40;

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function AdminImportRun({ params, searchParams }: Props) {
  const [{ id }, query, store] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/import/${id}`} />;
  const one = isId(id) ? await getImport(staff, id) : null;
  if (!one) return <NothingHere back="/admin/import" backLabel="To the imports" />;
  const view = choiceOf(query, "view", outcomeViews);
  const page = pageOf(query);
  const { currency, timeZone } = store;
  const [rows, shops] = await Promise.all([
    listImportRows(staff, id, { view, page, pageSize: PAGE_SIZE, currency }),
    listShops(staff),
  ]);
  const path = `/admin/import/${id}`;
  const words = wordsOf(one);
  return (
    <>
      <PageHead
        title={one.fileName}
        steps={[{ label: "Import", href: "/admin/import" }]}
        line={
          <>
            {one.who ?? "The command line"},{" "}
            <span className="num">{momentText(one.createdAt, timeZone)}</span>
            {staff.kind === "admin" && one.ownerName && one.status !== "failed" && (
              <>, new products sold by {one.ownerName}</>
            )}
          </>
        }
      >
        <ImportState {...one} />
      </PageHead>
      <div className="grid grid-cols-1 gap-8">
        <StateOf one={one} />
        <ImportSteps one={one} />
        {one.status === "waiting" && (
          <Panel title={words.columns} id="columns">
            <MappingForm one={one} shops={shops} />
          </Panel>
        )}
        {one.status !== "waiting" && one.counts.all > 0 && (
          <Panel title={one.status === "checked" ? "What would happen" : words.rows} id="rows">
            <nav aria-label="Views" className="mb-4 flex flex-wrap gap-2">
              {outcomeViews.map((each) => (
                <Chip key={each} href={listHref(path, { view: each }) as Route} current={each === view}>
                  {outcomeLabel[each]}
                  <span className="num">{one.counts[each]}</span>
                </Chip>
              ))}
            </nav>
            {rows.length > 0 ? (
              <ImportRows
                rows={rows}
                content={contentOf(one)}
                areThere={one.status === "finished" || one.status === "failed"}
              />
            ) : (
              <p className="text-quiet">{words.none}</p>
            )}
            <div className="mt-8">
              <Pagination
                page={page}
                pages={Math.max(1, Math.ceil(one.counts[view] / PAGE_SIZE))}
                hrefFor={(n) => listHref(path, { view, page: n }) as Route}
              />
            </div>
          </Panel>
        )}
      </div>
    </>
  );
}

/** What is said of a file of products, of customers and of orders. */
const WORDS = {
  products: {
    one: "product",
    many: "products",
    columns: "What the columns mean",
    rows: "Products of the file",
    none: "No products here.",
    done: "The shop shows it already.",
    left: (left: number) =>
      `It is undone; of ${left} ${left === 1 ? "product" : "products"} something was left as it is.`,
  },
  customers: {
    one: "customer",
    many: "customers",
    columns: "Customers",
    rows: "Customers of the file",
    none: "No customers here.",
    done: "Nobody was written to.",
    left: (left: number) =>
      `It is undone; ${left === 1 ? "one account was" : `${left} accounts were`} left as they are.`,
  },
  orders: {
    one: "order",
    many: "orders",
    columns: "Orders of the former shop",
    rows: "Orders of the file",
    none: "No orders here.",
    done: "They are history: books, stock and figures are as they were.",
    left: (left: number) =>
      `It is undone; ${left === 1 ? "one order was" : `${left} orders were`} left as they are.`,
  },
};

const wordsOf = (one: ImportCard) => WORDS[contentOf(one)];

/** Where the import stands, and how far it has come. */
function StateOf({ one }: { one: ImportCard }) {
  const words = wordsOf(one);
  const { status, rowsDone, rowsTotal, message, counts, left, unloaded } = one;
  if (isBusy(status)) {
    return (
      <div className="grid max-w-form gap-2">
        <noscript>
          <meta httpEquiv="refresh" content="3" />
        </noscript>
        <ImportWatch />
        <label htmlFor="progress" className="text-s font-semibold">
          {importStatusLabel[status]}
        </label>
        {status === "undoing" ? (
          <progress id="progress" className="progress" />
        ) : (
          <>
            <progress id="progress" max={Math.max(1, rowsTotal)} value={rowsDone} className="progress" />
            <p className="num text-s text-quiet">
              {rowsDone} of {rowsTotal > 0 ? rowsTotal : "…"} rows
            </p>
          </>
        )}
        <p className="text-s text-quiet">You may leave this page: it goes on without you.</p>
      </div>
    );
  }
  const goes = counts.created + counts.updated;
  if (status === "checked") {
    return (
      <Notice title="Nothing is changed yet">
        {goes === 0
          ? `No ${words.one} would be new or changed.`
          : `${counts.created} ${counts.created === 1 ? words.one : words.many} would be new, ${counts.updated} changed.`}
        {counts.skipped > 0 && ` ${counts.skipped} ${counts.skipped === 1 ? "is" : "are"} left out.`}
        {counts.failed > 0 &&
          ` ${counts.failed} cannot be imported: mend ${counts.failed === 1 ? "it" : "them"} in the file and send it again, or go on without.`}
      </Notice>
    );
  }
  if (status === "failed") return <Notice tone="error">{message ?? "It stopped."}</Notice>;
  if (status === "undone")
    return (
      <Notice tone={left > 0 ? "info" : "success"}>
        {left === 0 ? "Everything is as it was before." : words.left(left)}
      </Notice>
    );
  if (status === "finished")
    return (
      <>
        <Notice tone={goes > 0 ? "success" : "info"}>
          {goes > 0
            ? `${counts.created} new, ${counts.updated} changed. ${words.done}`
            : `No ${words.one} is new or changed.`}
          {counts.failed > 0 &&
            ` ${counts.failed} could not be imported: mend ${counts.failed === 1 ? "it" : "them"} in the file and send it again.`}
        </Notice>
        {unloaded > 0 && (
          <Notice
            title={unloaded === 1 ? "One picture was not loaded" : `${unloaded} pictures were not loaded`}
          >
            Why stands beside each product. Send the same file again once they can be reached: what is here
            stays as it is, and the pictures come.
          </Notice>
        )}
      </>
    );
  return null;
}
