/** What an import knows about itself while it goes through a file. */
import type { Staff, System } from "@/lib/domain/actors";

/** What holds for all products of a run. */
export interface Context {
  readonly actor: Staff | System;
  /** Who is behind it, for the price history; null for the command line. */
  readonly userId: string | null;
  readonly owner: { readonly id: string; readonly name: string };
  /** False: nobody said whose goods these are, so products that are there stay with whoever has them. */
  readonly isOwnerGiven: boolean;
  /** An owner began it, who does not decide what the store does, also where a job does the work. */
  readonly isOwners: boolean;
  readonly currency: string;
  readonly lowStockThreshold: number;
  /** Why stock moves. */
  readonly reason: string;
  readonly setStock: boolean;
  /** Addresses of all products in the file. */
  readonly slugs: ReadonlySet<string>;
}
