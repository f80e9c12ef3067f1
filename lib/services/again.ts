/** A row that comes back after it was deleted: under its old id, with a version that no open form has. */
import { newId } from "@/db/id";

/** What a deleted row was besides what its form tells. */
export interface Again {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
}

/** The columns that a form does not tell: those of the row that comes back, or a new id. */
export const keysOf = (again: Again | undefined): { id: string } | Again => again ?? { id: newId() };

/** The verb of the audit log. */
export const madeOr = (again: Again | undefined): "create" | "restore" => (again ? "restore" : "create");
