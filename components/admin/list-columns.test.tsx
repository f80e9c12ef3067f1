import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { refundColumns } from "@/lib/domain/refund-list";
import { DiscountTable, discountColumns } from "./discount-table";
import { PayoutTable, payoutColumns } from "./payout-table";
import { RefundTable } from "./refund-table";
import { ReturnTable, returnColumns } from "./return-table";
import { StockTable, stockColumns } from "./stock-table";

const at = { rows: [], now: new Date(0), timeZone: "UTC", withOwner: true };
const lists: [string, readonly { key: string; label: string }[], (cols: string[]) => ReactElement][] = [
  ["stock", stockColumns, (cols) => <StockTable {...at} cols={cols} />],
  [
    "refunds",
    refundColumns,
    (cols) => (
      <RefundTable
        {...at}
        isOwner={false}
        list=""
        cols={cols}
        sorting={{ by: "amount", dir: "desc", href: () => "/" }}
      />
    ),
  ],
  ["returns", returnColumns, (cols) => <ReturnTable {...at} cols={cols} />],
  ["payouts", payoutColumns, (cols) => <PayoutTable {...at} cols={cols} />],
  ["discounts", discountColumns, (cols) => <DiscountTable {...at} currency="EUR" cols={cols} />],
];

const headsOf = (table: ReactElement) =>
  [...renderToStaticMarkup(table).matchAll(/<th [^>]*>(.*?)<\/th>/g)].map(([, head = ""]) =>
    // A head that sorts is a link, and its name again for phones.
    head.replace(/<a .*<\/a>/, "").replace(/<[^>]*>/g, ""),
  );

it.each(lists)(
  "%s: each column that may be hidden is one of the table's, by its own name",
  (_, columns, draw) => {
    const all = headsOf(draw([]));
    for (const { key, label } of columns) {
      expect(all, key).toContain(label);
      // What cannot be hidden stays beside the one that was chosen.
      const left = headsOf(draw([key]));
      expect(left).toEqual(
        all.filter((head) => head === label || !columns.some((other) => other.label === head)),
      );
    }
  },
);
