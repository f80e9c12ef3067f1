import type { NextRequest } from "next/server";
import { csvFile, noFile } from "@/lib/csv-file";
import type { Staff } from "@/lib/domain/actors";
import { isId } from "@/lib/domain/back-office";
import { csvHead, csvLine } from "@/lib/domain/csv";
import { toDecimal } from "@/lib/domain/money";
import { readPeriod } from "@/lib/domain/periods";
import { telling } from "@/lib/failures";
import { getStatement, type Statement, type StatementQuery } from "@/lib/queries/admin/books";
import { getToday, momentsOf } from "@/lib/queries/admin/calendar";
import { getShopper } from "@/lib/session";

const PAGE_SIZE = 2_000;

type Props = { params: Promise<{ id: string }> };

/** An owner's statement as a file: every line, then the sums. For whoever may see the page; else there is nothing here. */
export const GET = telling(async (request: NextRequest, { params }: Props): Promise<Response> => {
  const [{ id }, shopper] = [await params, await getShopper()];
  if ((shopper.kind !== "owner" && shopper.kind !== "admin") || !isId(id)) return noFile();
  const { today } = await getToday();
  const period = readPeriod(Object.fromEntries(new URL(request.url).searchParams), today);
  const query: StatementQuery = { ownerId: id, ...(await momentsOf(period)), pageSize: PAGE_SIZE };
  const first = await getStatement(shopper, query);
  if (!first) return noFile();
  return csvFile(piecesOf(shopper, query, first), `statement-${period.from}-${period.to}.csv`);
});

async function* piecesOf(staff: Staff, query: StatementQuery, first: Statement): AsyncGenerator<string> {
  yield HEAD + sumLine("Balance before", first, first.opening);
  let [page, left] = [first, first.count];
  for (let number = 1; ; ) {
    yield page.lines.map((line) => lineOf(page, line)).join("");
    left -= page.lines.length;
    if (left <= 0 || page.lines.length === 0) break;
    number += 1;
    page = (await getStatement(staff, { ...query, page: number })) ?? { ...page, lines: [] };
  }
  yield sumLine("Balance after", page, page.closing);
}

const HEAD = csvHead([
  "Moment (UTC)",
  "What",
  "Order",
  "Goods",
  "Pieces",
  "Without tax",
  "Commission",
  "Amount",
]);

const sumLine = (what: string, statement: Statement, amount: number): string =>
  csvLine(["", what, "", "", "", "", "", decimal(statement, amount)]);

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
