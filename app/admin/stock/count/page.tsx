import type { Metadata } from "next";
import { PageHead, Panel } from "@/components/admin/page-head";
import { StocktakeTable } from "@/components/admin/stocktake-table";
import { UploadForm } from "@/components/admin/upload-form";
import { buttonClass } from "@/components/ui/button";
import { type Query, textOf } from "@/lib/domain/back-office";
import { uploadProblems } from "@/lib/domain/imports/views";
import { listStocktakes } from "@/lib/queries/admin/stocktake";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Stocktake" };

export default async function AdminStocktake({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from="/admin/stock/count" />;
  const rows = await listStocktakes(staff);
  return (
    <>
      <PageHead
        title="Stocktake"
        steps={[{ label: "Stock", href: "/admin/stock" }]}
        line="Download the sheet, write what lies on each shelf, send it back. You see the differences first."
      >
        <a href="/api/stock/sheet" download className={buttonClass("line", true)}>
          Download the sheet
        </a>
      </PageHead>
      <div className="grid grid-cols-1 gap-10">
        <Panel title="A counted sheet" id="new">
          <UploadForm
            action="/api/stock/count"
            label="CSV file"
            hint="Rows without a count stay as they are. Count what is sold and not yet sent, too."
            button="Send the sheet"
            problem={uploadProblems[textOf(query, "problem")]}
          />
        </Panel>
        {rows.length > 0 && (
          <Panel title="Stocktakes so far" id="history">
            <StocktakeTable rows={rows} now={new Date()} timeZone={timeZone} />
          </Panel>
        )}
      </div>
    </>
  );
}
