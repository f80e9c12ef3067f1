/** Ids of rows: time-ordered UUIDs (version 7) made by the application, so that SQL keeps to PostgreSQL 15. */
import { v7 } from "uuid";

/** A fresh id in text form. Ids sort by the millisecond in which they were made. */
export function newId(): string {
  return v7();
}
