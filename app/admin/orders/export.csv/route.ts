import type { NextRequest } from "next/server";
import { goodsState, paymentState } from "@/components/admin/order-words";
import { isId } from "@/lib/domain/back-office";
import { csvLine } from "@/lib/domain/csv";
import { toDecimal } from "@/lib/domain/money";
import { readOrderQuery } from "@/lib/domain/order-list";
import { telling } from "@/lib/failures";
import { type OrderRow, readOrders } from "@/lib/queries/admin/orders";
import { getShopper } from "@/lib/session";

const PRIVATE = { "cache-control": "private, no-store", "x-robots-tag": "noindex" };
const PAGE_SIZE = 500;

/** The list as a file, the newest first and streamed: as it is filtered, or the ticked orders alone. */
export const GET = telling(async (request: NextRequest): Promise<Response> => {
  const shopper = await getShopper();
  if (shopper.kind !== "owner" && shopper.kind !== "admin")
    return new Response("Nothing here.", { status: 404, headers: PRIVATE });
  const { searchParams } = new URL(request.url);
  const ids = searchParams.getAll("ids").filter(isId).slice(0, 100);
  const { search, view, filter } = readOrderQuery(searchParams.get("list") ?? "");
  const choice = ids.length > 0 ? ({ search: "", view: "all", ids } as const) : { search, view, filter };
  const encoder = new TextEncoder();
  let after: string | undefined;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!after) controller.enqueue(encoder.encode(HEAD));
      const query = { ...choice, sort: "placed", ...(after && { after }) } as const;
      const rows = await readOrders(shopper, query, { page: 1, pageSize: PAGE_SIZE });
      controller.enqueue(encoder.encode(rows.map(lineOf).join("")));
      after = rows.at(-1)?.id;
      if (rows.length < PAGE_SIZE) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      ...PRIVATE,
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="orders.csv"',
      "x-content-type-options": "nosniff",
    },
  });
});

const HEAD = csvLine([
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
