import type { Route } from "next";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import * as lists from "@/lib/domain/back-office";
import { discountSorts } from "@/lib/domain/discounts-form";
import { jobSorts, webhookSorts } from "@/lib/domain/engine-room";
import { formerSorts } from "@/lib/domain/former-orders";
import { importSorts } from "@/lib/domain/imports/views";
import { orderColumns } from "@/lib/domain/order-list";
import { refundColumns, refundSorts } from "@/lib/domain/refund-list";
import { staffSorts } from "@/lib/domain/staff";
import { AuditTable, auditColumns } from "./audit-table";
import { CustomerTable, customerColumnsFor } from "./customer-table";
import { DiscountTable, discountColumns } from "./discount-table";
import { FormerOrderTable, formerColumns } from "./former-order-table";
import { ImportTable, importColumns } from "./import-table";
import { JobTable, jobColumns } from "./job-list";
import { MailTable, mailColumns } from "./mail-table";
import { OrderTable } from "./order-table";
import { PayoutTable, payoutColumns } from "./payout-table";
import { ProductTable, productColumns } from "./product-table";
import { RefundTable } from "./refund-table";
import { ReturnTable, returnColumns } from "./return-table";
import { ReviewTable, reviewColumns } from "./review-table";
import { StaffTable, staffColumns } from "./staff-table";
import { StockTable, stockColumns } from "./stock-table";
import { WebhookTable, webhookColumns } from "./webhook-table";

const at = {
  rows: [],
  now: new Date(0),
  timeZone: "UTC",
  currency: "EUR",
  withOwner: true,
  isOwner: false,
  list: "",
  back: "",
  sorting: { by: "", dir: "asc", href: (sort: string) => `/${sort}` as Route },
} as const;
const writing = { ...at, locale: "en" };

/** Each list: the columns that may be hidden, its orders, and its table. */
const tables: [
  string,
  readonly { key: string; label: string }[],
  readonly string[],
  (cols: string[]) => ReactElement,
][] = [
  ["orders", orderColumns, lists.orderSorts, (cols) => <OrderTable {...at} totalHead="Total" cols={cols} />],
  [
    "products",
    productColumns,
    lists.productSorts.filter((sort) => sort !== "newest"),
    (cols) => <ProductTable {...at} categories={[]} cols={cols} />,
  ],
  ["stock", stockColumns, lists.stockSorts, (cols) => <StockTable {...at} cols={cols} />],
  ["refunds", refundColumns, refundSorts, (cols) => <RefundTable {...at} cols={cols} />],
  ["returns", returnColumns, lists.returnSorts, (cols) => <ReturnTable {...at} cols={cols} />],
  ["payouts", payoutColumns, lists.payoutSorts, (cols) => <PayoutTable {...at} cols={cols} />],
  ["discounts", discountColumns, discountSorts, (cols) => <DiscountTable {...at} cols={cols} />],
  [
    "customers",
    customerColumnsFor({ kind: "admin" }),
    lists.customerSorts,
    (cols) => <CustomerTable {...at} cols={cols} />,
  ],
  [
    "customers of an owner",
    customerColumnsFor({ kind: "owner" }),
    lists.customerSorts.filter((sort) => sort !== "name"),
    (cols) => <CustomerTable {...at} isOwner cols={cols} />,
  ],
  ["former orders", formerColumns, formerSorts, (cols) => <FormerOrderTable {...at} cols={cols} />],
  ["webhooks", webhookColumns, webhookSorts, (cols) => <WebhookTable {...at} cols={cols} />],
  ["jobs", jobColumns, jobSorts, (cols) => <JobTable {...at} cols={cols} />],
  ["staff", staffColumns, staffSorts, (cols) => <StaffTable {...at} cols={cols} />],
  ["imports", importColumns, importSorts, (cols) => <ImportTable {...at} cols={cols} />],
  ["mail", mailColumns, lists.mailSorts, (cols) => <MailTable {...at} cols={cols} />],
  ["reviews", reviewColumns, lists.reviewListSorts, (cols) => <ReviewTable {...at} cols={cols} />],
  [
    "audit",
    auditColumns,
    lists.auditSorts,
    (cols) => <AuditTable {...at} entries={[]} writing={writing} cols={cols} />,
  ],
];

const headsOf = (table: ReactElement) =>
  [...renderToStaticMarkup(table).matchAll(/<th [^>]*>(.*?)<\/th>/g)].map(([, head = ""]) =>
    // A head that sorts is a link, and its name again for phones.
    head
      .replace(/<a .*<\/a>/, "")
      .replace(/<[^>]*>/g, "")
      // A head that names its currency is chosen without it.
      .replace(", EUR", ""),
  );

it.each(tables)(
  "%s: each column that may be hidden is one of the table's, by its own name",
  (_, columns, _sorts, draw) => {
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

it.each(tables)("%s: its heads sort by each of its orders, and by no other", (_, _columns, sorts, draw) => {
  const heads = [...renderToStaticMarkup(draw([])).matchAll(/<th [^>]*>.*?<\/th>/g)].join("");
  const asked = [...heads.matchAll(/href="\/(\w+)"/g)].map(([, sort]) => sort);
  expect(asked.sort()).toEqual([...sorts].sort());
});
