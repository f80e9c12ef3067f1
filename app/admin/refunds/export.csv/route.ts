import type { NextRequest } from "next/server";
import { csvFile, linesOfList, noFile } from "@/lib/csv-file";
import { csvHead, csvLine } from "@/lib/domain/csv";
import { toDecimal } from "@/lib/domain/money";
import { refundStatusLabel } from "@/lib/domain/payments";
import { readRefundQuery } from "@/lib/domain/refund-list";
import { telling } from "@/lib/failures";
import { type RefundRow, readRefunds } from "@/lib/queries/admin/refund-list";
import { getShopper } from "@/lib/session";

/** The list as a file, as it is filtered, the newest first and streamed. */
export const GET = telling(async (request: NextRequest): Promise<Response> => {
  const shopper = await getShopper();
  if (shopper.kind !== "owner" && shopper.kind !== "admin") return noFile();
  const { search, view, filter } = readRefundQuery(request.nextUrl.searchParams.get("list") ?? "");
  const lines = linesOfList(
    HEAD,
    (after, page) => readRefunds(shopper, { search, view, filter, sort: "when", ...after }, page),
    lineOf,
  );
  return csvFile(lines, "refunds.csv");
});

const HEAD = csvHead([
  "Order",
  "Asked for (UTC)",
  "Customer",
  "E-mail",
  "Seller",
  "State",
  "Failure",
  "Why",
  "By",
  "Currency",
  "Amount",
]);

const lineOf = (row: RefundRow): string =>
  csvLine([
    row.orderNumber,
    row.at.toISOString(),
    row.customer,
    row.email,
    row.sellers,
    refundStatusLabel[row.status],
    row.failure,
    row.reason,
    row.by,
    row.currency,
    toDecimal(row.amount, row.currency),
  ]);
