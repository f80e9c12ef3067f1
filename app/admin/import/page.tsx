import type { Metadata } from "next";
import { ImportTable, importColumns } from "@/components/admin/import-table";
import { hrefWith, SortLine, sortingOf } from "@/components/admin/list-tools";
import { PageHead, Panel } from "@/components/admin/page-head";
import { UploadForm } from "@/components/admin/upload-form";
import { buttonClass } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { type Query, readList, textOf } from "@/lib/domain/back-office";
import { importDirection, importSorts, uploadProblems } from "@/lib/domain/imports/views";
import { listImports } from "@/lib/queries/admin/imports";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Import" };

const PATH = "/admin/import";

export default async function AdminImport({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  const columns = importColumns.filter(({ key }) => key !== "owner" || staff.kind === "admin");
  const state = readList(query, PATH, {
    views: ["all"],
    sorts: importSorts,
    columns: columns.map(({ key }) => key),
  });
  const { rows, pages } = await listImports(staff, { ...state, pageSize: 30 });
  return (
    <>
      <PageHead
        title="Import"
        line={`Products from Shopify, WooCommerce, this shop, or any table${staff.kind === "admin" ? "; customers and orders from Shopify" : ""}.`}
      >
        <a href="/api/export" download className={buttonClass("line", true)}>
          Export all products
        </a>
      </PageHead>
      <div className="grid grid-cols-1 gap-10">
        <Panel title="A new file" id="new">
          <UploadForm
            action="/api/import"
            label="CSV file"
            hint="Commas, semicolons or tabs; at most 200 MB"
            button="Send the file"
            problem={uploadProblems[textOf(query, "problem")]}
          />
        </Panel>
        <Panel title="Imports so far" id="history">
          {rows.length > 0 ? (
            <>
              <SortLine
                state={state}
                sorts={[
                  { sort: "when", label: "newest" },
                  { sort: "file", label: "file" },
                ]}
                sortedByHead
                columns={columns}
              />
              <ImportTable
                rows={rows}
                now={new Date()}
                timeZone={timeZone}
                withOwner={staff.kind === "admin"}
                cols={state.cols}
                sorting={sortingOf(state, importDirection, "when")}
              />
            </>
          ) : (
            <p className="max-w-read text-quiet">
              Nothing was imported yet. A file is tried first: you see for each row what would change, and can
              undo the whole import afterwards.
            </p>
          )}
          <div className="mt-8">
            <Pagination
              page={state.page}
              pages={pages}
              hrefFor={(n) => hrefWith(state, { page: n }, "when")}
            />
          </div>
        </Panel>
      </div>
    </>
  );
}
