import { csvFile, noFile } from "@/lib/csv-file";
import { isId } from "@/lib/domain/back-office";
import { csvHead, csvLine } from "@/lib/domain/csv";
import { toDecimal } from "@/lib/domain/money";
import { telling } from "@/lib/failures";
import { getRun, type RunRow } from "@/lib/queries/admin/payout-runs";
import { getShopper } from "@/lib/session";

type Props = { params: Promise<{ id: string }> };

/** The payouts of a run as a file, for whoever enters them at the bank. For admins; else there is nothing here. */
export const GET = telling(async (_request: Request, { params }: Props): Promise<Response> => {
  const [{ id }, shopper] = [await params, await getShopper()];
  const run = shopper.kind === "admin" && isId(id) ? await getRun(shopper, id) : null;
  if (!run) return noFile();
  return csvFile(piecesOf(run.rows), `payouts-${run.at.toISOString().slice(0, 10)}.csv`);
});

async function* piecesOf(rows: readonly RunRow[]): AsyncGenerator<string> {
  yield HEAD;
  yield rows.map(lineOf).join("");
}

const HEAD = csvHead(["Owner", "Amount", "Currency", "Way", "State", "Payout", "Reference"]);

function lineOf({ ownerName, payout }: RunRow): string {
  if (!payout) return "";
  const { id, amount, currency, method, status, reference } = payout;
  const way = method === "stripe" ? "transfer" : "by hand";
  return csvLine([ownerName, toDecimal(amount, currency), currency, way, status, id, reference]);
}
