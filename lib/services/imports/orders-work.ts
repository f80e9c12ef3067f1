/** Imports of orders in the browser: a slice of a trial or a run at a time, going on where the last stopped. */
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { imports } from "@/db/schema/imports";
import type { System } from "@/lib/domain/actors";
import { groupOrders } from "@/lib/domain/imports/order-rows";
import { recordsOf } from "./file";
import { fileOf } from "./kept-file";
import { importOrder, surveyOrders } from "./orders";

/** Works off orders until `isOver`. Answers whether the file is through. @throws ImportProblem, RunOver, DatabaseFailure */
export async function ordersSlice(
  system: System,
  run: typeof imports.$inferSelect,
  during: "checking" | "running",
  isOver: () => boolean,
): Promise<boolean> {
  const path = await fileOf(run.id);
  const survey = await surveyOrders(path);
  await db.update(imports).set({ rowsTotal: survey.rows }).where(eq(imports.id, run.id));
  let at = 0;
  for await (const { columns, group } of groupOrders(recordsOf(path))) {
    at += 1;
    if (at <= run.groupsDone) continue;
    if (isOver()) return false;
    const place = { importId: run.id, group: at, during };
    await importOrder(system, { place, rehearse: during === "checking", survey }, columns, group);
  }
  return true;
}
