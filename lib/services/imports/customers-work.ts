/** Imports of customers in the browser: a slice of a trial or a run at a time, going on where the last stopped. */
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { imports } from "@/db/schema/imports";
import type { System } from "@/lib/domain/actors";
import { ImportProblem } from "@/lib/domain/imports/columns";
import { customerColumns } from "@/lib/domain/imports/customers";
import { importCustomer, meet } from "./customers";
import { recordsOf } from "./file";
import { fileOf } from "./kept-file";

type Run = typeof imports.$inferSelect;

/** Works off rows until `isOver`. Answers whether the file is through. @throws ImportProblem, RunOver, DatabaseFailure */
export async function customersSlice(
  system: System,
  run: Run,
  during: "checking" | "running",
  isOver: () => boolean,
): Promise<boolean> {
  const path = await fileOf(run.id);
  let rows = -1;
  for await (const _ of recordsOf(path)) rows += 1;
  if (rows < 1) throw new ImportProblem("The file has a header and no rows below it.");
  await db.update(imports).set({ rowsTotal: rows }).where(eq(imports.id, run.id));
  const lines = new Map<string, number>();
  let columns: ReturnType<typeof customerColumns> | undefined;
  let group = 0;
  for await (const { record, line } of recordsOf(path)) {
    if (!columns) {
      columns = customerColumns(record);
      continue;
    }
    group += 1;
    if (group <= run.groupsDone) {
      meet(lines, columns, record, line);
      continue;
    }
    if (isOver()) return false;
    const place = { importId: run.id, group, during };
    await importCustomer(system, { place, rehearse: during === "checking", line, lines }, columns, record);
  }
  return true;
}
