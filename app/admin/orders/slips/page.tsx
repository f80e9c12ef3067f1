import type { Metadata, Route } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead } from "@/components/admin/page-head";
import { PrintButton } from "@/components/admin/print-button";
import { SlipSheet } from "@/components/admin/slip-sheet";
import { isId, type Query } from "@/lib/domain/back-office";
import { ORDERS_PATH } from "@/lib/domain/order-list";
import { listSlips } from "@/lib/queries/admin/slips";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Packing slips" };

export default async function PackingSlips({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { name, timeZone }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={ORDERS_PATH} />;
  const ids = [query.ids ?? []].flat().filter(isId).slice(0, 100);
  const slips = await listSlips(staff, ids);
  if (slips.length === 0) return <NothingHere back={ORDERS_PATH} backLabel="To the orders" />;
  return (
    <>
      <div data-screen>
        <PageHead
          title={slips.length === 1 ? `Packing slip ${slips[0]?.number}` : `${slips.length} packing slips`}
          steps={[{ label: "Orders", href: ORDERS_PATH }]}
          line="One sheet for each seller’s part; prices stay off, it may be a present."
        >
          <div className="flex flex-wrap gap-3">
            <PrintButton />
            <a
              href={`/admin/orders/slips.pdf?${ids.map((id) => `ids=${id}`).join("&")}` as Route}
              className="button button-line button-small"
            >
              PDF
            </a>
          </div>
        </PageHead>
      </div>
      {slips.map((slip) => (
        <SlipSheet key={`${slip.number}/${slip.seller}`} slip={slip} storeName={name} timeZone={timeZone} />
      ))}
    </>
  );
}
