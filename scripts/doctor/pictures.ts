/** Compares the pictures that products name with what is stored, on disk or in the bucket. */
import type postgres from "postgres";
import type { Broken } from "@/db/books/check";
import { listFiles } from "@/lib/storage";
import { StorageFailure } from "@/lib/storing/place";

/** What came of comparing; `why` where it was not done. */
export interface Stored {
  readonly compared: boolean;
  readonly why: string | null;
  readonly pictures: number;
  readonly rows: readonly Broken[];
  readonly ms: number;
}

/** Not looked at, and why. */
export const notStored = (why: string): Stored => ({ compared: false, why, pictures: 0, rows: [], ms: 0 });

/** Names every picture of a product whose file is not there. */
export async function comparePictures(sql: postgres.Sql): Promise<Stored> {
  const begun = performance.now();
  // First the rows: a file is stored before its row is written.
  const named = await sql<{ id: string; key: string }[]>`select id, key from product_images`;
  const stored = new Set<string>();
  try {
    for await (const key of listFiles()) stored.add(key);
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error;
    return notStored(error.message);
  }
  const rows = named
    .filter(({ key }) => !stored.has(key))
    .map(({ id, key }) => ({ subject: "product_images", id, message: `${key} is not stored` }));
  return {
    compared: true,
    why: null,
    pictures: named.length,
    rows,
    ms: Math.round(performance.now() - begun),
  };
}
