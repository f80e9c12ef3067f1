/** Imports: the orders of another shop, kept to be read: no stock moves, nothing is posted, nobody is written to. */
import { db } from "@/db/client";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { ImportProblem } from "@/lib/domain/imports/columns";
import { groupOrders, type OrderColumns, type OrderGroup } from "@/lib/domain/imports/order-rows";
import { readOrder } from "@/lib/domain/imports/orders";
import { FORMER_ORDERS } from "@/lib/domain/imports/views";
import { peek, recordsOf } from "./file";
import { note, type Place, type Result } from "./record";
import type { Report } from "./report";
import { importWhole } from "./whole";
import { writeOrder } from "./write-order";

class Rehearsed extends Error {
  constructor(readonly result: Result) {
    super("dry run");
  }
}

/** What is known of a file of orders after one look over all of it. */
export interface OrdersSurvey {
  readonly rows: number;
  /** Keys and numbers of orders whose rows do not stand together, or that are in the file twice. */
  readonly scattered: ReadonlySet<string>;
  /** Of the store, for orders that name none. */
  readonly currency: string;
}

/** @throws ImportProblem where nothing can be imported at all */
export async function surveyOrders(path: string): Promise<OrdersSurvey> {
  const seen = new Set<string>();
  const numbers = new Set<string>();
  const scattered = new Set<string>();
  let rows = 0;
  for await (const { group } of groupOrders(recordsOf(path))) {
    const { key, number, lines } = group;
    rows += lines.length;
    if (number === "") continue;
    if (seen.has(key)) scattered.add(key);
    // Rows without an id are lines of some order of their number: two shops' #1001 have one each.
    if (numbers.has(number) && (key === number || seen.has(number))) scattered.add(number);
    seen.add(key);
    numbers.add(number);
  }
  if (rows === 0) throw new ImportProblem("The file has a header and no rows below it.");
  const [store] = await db.select({ currency: settings.currency }).from(settings);
  return { rows, scattered, currency: store?.currency ?? "EUR" };
}

/**
 * Brings a whole file in, for the command line; in the browser it is done by jobs (orders-work.ts).
 * @throws ImportProblem where nothing can be imported at all
 */
export async function importOrders(
  system: System,
  { path, dryRun }: { path: string; dryRun: boolean },
  onProgress: (rows: number) => void = () => {},
): Promise<Report> {
  const { hash } = await peek(path);
  const survey = await surveyOrders(path);
  const whole = { path, hash, format: FORMER_ORDERS, rows: survey.rows, dryRun };
  return importWhole(whole, async (report, placeOf) => {
    let at = 0;
    for await (const { columns, group } of groupOrders(recordsOf(path))) {
      at += 1;
      const result = await importOrder(
        system,
        { place: placeOf(at), rehearse: dryRun, survey },
        columns,
        group,
      );
      report.add(result, { variants: 0, pictures: 0 });
      onProgress(report.rowsDone);
    }
  });
}

interface At {
  /** Where the order is noted; null: nowhere. */
  readonly place: Place | null;
  /** Does everything and keeps nothing of it; what would happen is noted all the same. */
  readonly rehearse: boolean;
  readonly survey: OrdersSurvey;
}

/** Imports one order, whole or not at all. @throws RunOver where the run was stopped */
export async function importOrder(
  _system: System,
  { place, rehearse, survey }: At,
  columns: OrderColumns,
  group: OrderGroup,
): Promise<Result> {
  const about = { handle: group.number, lines: group.lines };
  try {
    if (survey.scattered.has(group.key) || survey.scattered.has(group.number))
      throw new ImportProblem(
        "Its rows do not stand together, or it is in the file twice: sort the file by Name, or send its parts one after the other.",
      );
    const draft = readOrder(columns, group, survey.currency);
    return await withTx(async (tx) => {
      const { outcome, message, kept } = await writeOrder(tx, draft, place?.importId ?? null);
      const before = kept && { ...kept };
      const result: Result = { ...about, outcome, message, notes: draft.notes, before };
      if (rehearse) throw new Rehearsed(result);
      if (place) await note(tx, place, result);
      return result;
    });
  } catch (error) {
    const result = error instanceof Rehearsed ? error.result : failed(about, error);
    if (place) await withTx((tx) => note(tx, place, result));
    return result;
  }
}

function failed(about: Pick<Result, "handle" | "lines">, error: unknown): Result {
  if (!(error instanceof ImportProblem)) throw error;
  return { ...about, outcome: "failed", message: error.message, notes: [], before: null };
}
