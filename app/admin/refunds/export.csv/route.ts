import type { NextRequest } from "next/server";
import { csvFile, noFile } from "@/lib/csv-file";
import type { Staff } from "@/lib/domain/actors";
import { csvHead, csvLine } from "@/lib/domain/csv";
import { toDecimal } from "@/lib/domain/money";
import { refundStatusLabel } from "@/lib/domain/payments";
import { readRefundQuery } from "@/lib/domain/refund-list";
import { telling } from "@/lib/failures";
import { type RefundChoice, type RefundRow, readRefunds } from "@/lib/queries/admin/refund-list";
import { getShopper } from "@/lib/session";

const AT_ONCE = 500;

/** The list as a file, as it is filtered, the newest first and streamed. */
export const GET = telling(async (request: NextRequest): Promise<Response> => {
  const shopper = await getShopper();
  if (shopper.kind !== "owner" && shopper.kind !== "admin") return noFile();
  const { search, view, filter } = readRefundQuery(request.nextUrl.searchParams.get("list") ?? "");
  return csvFile(piecesOf(shopper, { search, view, filter, sort: "when" }), "refunds.csv");
});

async function* piecesOf(staff: Staff, choice: RefundChoice): AsyncGenerator<string> {
  yield HEAD;
  for (let after: string | undefined; ; ) {
    const query = after ? { ...choice, after } : choice;
    const rows = await readRefunds(staff, query, { page: 1, pageSize: AT_ONCE });
    yield rows.map(lineOf).join("");
    after = rows.at(-1)?.id;
    if (rows.length < AT_ONCE) return;
  }
}

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
