/** Undo of an import: what its parts tell each other about a product. */
import type { Snapshot } from "@/lib/domain/imports/difference";

export interface About {
  readonly productId: string;
  /** Why stock moves. */
  readonly reason: string;
}

/** The product before the import, after it, and now. */
export interface Three {
  readonly was: Snapshot;
  readonly is: Snapshot;
  readonly current: Snapshot;
}
