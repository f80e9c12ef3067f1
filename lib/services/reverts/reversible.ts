/** What a subject of the audit log tells of itself so that a change of it can be taken back. */
import type { Tx } from "@/db/client";
import type { CacheTag } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";

export type Fields = Readonly<Record<string, unknown>>;

export interface Stands {
  /** The row's version: what `apply` saves must not have moved since. 0 where rows of the subject have none. */
  readonly version: number;
  /** Every field that the log may name, under the names and in the forms in which the log has them. */
  readonly fields: Fields;
}

/** `A`: who may save rows of the subject at all. */
export interface Reversible<A = Admin> {
  /** The row as it stands; undefined where it is gone. */
  read(tx: Tx, id: string): Promise<Stands | undefined>;
  /**
   * Saves the row with `fields`, where `from` is what the change made of it, by the service that people's forms use: it checks them, compares the version, writes
   * the audit row and expires caches. The values come from JSON: moments are texts. Answers tags to expire at once.
   */
  apply(actor: A, row: { id: string; from: Fields } & Stands): Promise<readonly CacheTag[]>;
}
