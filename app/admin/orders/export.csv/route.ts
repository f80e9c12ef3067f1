import type { NextRequest } from "next/server";
import { goodsState, paymentState } from "@/components/admin/order-words";
import { csvFile, linesOfList, noFile } from "@/lib/csv-file";
import { isId } from "@/lib/domain/back-office";
import { csvHead, csvLine } from "@/lib/domain/csv";
import { toDecimal } from "@/lib/domain/money";
import { readOrderQuery } from "@/lib/domain/order-list";
import { telling } from "@/lib/failures";
import { type OrderRow, readOrders } from "@/lib/queries/admin/orders";
import { getShopper } from "@/lib/session";

/** The list as a file, the newest first and streamed: as it is filtered, or the ticked orders alone. */
export const GET = telling(async (request: NextRequest): Promise<Response> => {
  const shopper = await getShopper();
  if (shopper.kind !== "owner" && shopper.kind !== "admin") return noFile();
  const { searchParams } = new URL(request.url);
  const ids = searchParams.getAll("ids").filter(isId).slice(0, 100);
  const { search, view, filter } = readOrderQuery(searchParams.get("list") ?? "");
  const choice = ids.length > 0 ? ({ search: "", view: "all", ids } as const) : { search, view, filter };
  const lines = linesOfList(
    HEAD,
    (after, page) => readOrders(shopper, { ...choice, sort: "placed", ...after }, page),
    lineOf,
  );
  return csvFile(lines, "orders.csv");
});

const HEAD = csvHead([
  "Order",
  "Placed (UTC)",
  "Customer",
  "E-mail",
  "Country",
  "Fulfilment",
  "Payment",
  "Pieces",
  "Goods",
  "Currency",
  "Total",
  "Paid",
  "Refunded",
]);

const lineOf = (row: OrderRow): string =>
  csvLine([
    row.number,
    row.placedAt.toISOString(),
    row.customer,
    row.email,
    row.country,
    goodsState(row),
    paymentState(row).text,
    row.pieces,
    row.goods,
    row.currency,
    toDecimal(row.total, row.currency),
    toDecimal(row.captured, row.currency),
    toDecimal(row.refunded, row.currency),
  ]);
