import type { NextRequest } from "next/server";
import { isId } from "@/lib/domain/back-office";
import { csvLine } from "@/lib/domain/csv";
import { toDecimal } from "@/lib/domain/money";
import { readPeriod } from "@/lib/domain/periods";
import { telling } from "@/lib/failures";
import { getStatement, type Statement, type StatementQuery } from "@/lib/queries/admin/books";
import { getToday, momentsOf } from "@/lib/queries/admin/calendar";
import { getShopper } from "@/lib/session";

const PRIVATE = { "cache-control": "private, no-store", "x-robots-tag": "noindex" };
const PAGE_SIZE = 2_000;

type Props = { params: Promise<{ id: string }> };

/** An owner's statement as a file: every line, then the sums. For whoever may see the page; else there is nothing here. */
export const GET = telling(async (request: NextRequest, { params }: Props): Promise<Response> => {
  const [{ id }, shopper] = [await params, await getShopper()];
  const nothing = new Response("Nothing here.", { status: 404, headers: PRIVATE });
  if ((shopper.kind !== "owner" && shopper.kind !== "admin") || !isId(id)) return nothing;
  const { today } = await getToday();
  const period = readPeriod(Object.fromEntries(new URL(request.url).searchParams), today);
  const query: StatementQuery = { ownerId: id, ...(await momentsOf(period)), pageSize: PAGE_SIZE };
  const first = await getStatement(shopper, query);
  if (!first) return nothing;
  const encoder = new TextEncoder();
  let [page, left] = [first, first.count];
  let pageNumber = 1;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (pageNumber === 1)
        controller.enqueue(
          encoder.encode(HEAD + csvLine(["", "Balance before", ...blank(5), decimal(page, page.opening)])),
        );
      controller.enqueue(encoder.encode(page.lines.map((line) => lineOf(page, line)).join("")));
      left -= page.lines.length;
      if (left <= 0 || page.lines.length === 0) {
        controller.enqueue(
          encoder.encode(csvLine(["", "Balance after", ...blank(5), decimal(page, page.closing)])),
        );
        controller.close();
        return;
      }
      pageNumber += 1;
      page = (await getStatement(shopper, { ...query, page: pageNumber })) ?? { ...page, lines: [] };
    },
  });
  return new Response(body, {
    headers: {
      ...PRIVATE,
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="statement-${period.from}-${period.to}.csv"`,
      "x-content-type-options": "nosniff",
    },
  });
});

const HEAD = csvLine([
  "Moment (UTC)",
  "What",
  "Order",
  "Goods",
  "Pieces",
  "Without tax",
  "Commission",
  "Amount",
]);

const blank = (count: number): string[] => Array(count).fill("");

const decimal = ({ currency }: Statement, amount: number): string => toDecimal(amount, currency);

function lineOf(statement: Statement, line: Statement["lines"][number]): string {
  return csvLine([
    line.at.toISOString(),
    line.what,
    line.orderNumber,
    line.goods,
    line.pieces,
    line.net === null ? null : decimal(statement, line.net),
    line.commission === null ? null : decimal(statement, -line.commission),
    decimal(statement, line.amount),
  ]);
}
