/** Where a form leads once it was saved: to a page that tells what was done, and can offer to take back exactly that. */
import type { Route } from "next";
import type { Staff } from "./domain/actors";
import { lastEntryBy } from "./services/audit";

/** `path` with what was done and, where it changed something, the entry of the audit log that tells it. */
export function savedAt(staff: Staff, path: string, done: string): Route {
  const entry = lastEntryBy(staff);
  return `${path}${path.includes("?") ? "&" : "?"}done=${done}${entry ? `&entry=${entry}` : ""}` as Route;
}
