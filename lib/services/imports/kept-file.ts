/** The file of an import: its pieces lie in the database, and every machine that works on it lays a copy on its own disk. */
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { and, asc, eq, gt } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { importFiles } from "@/db/schema/imports";
import { ImportProblem } from "@/lib/domain/imports/columns";
import { env } from "@/lib/env";

const PIECE_BYTES = 1_048_576;

/** Where this machine's copy lies. */
export const placeOf = (importId: string): string => join(folder(), `${importId}.csv`);

/** A place for a file that is still coming in. */
export async function draftPlace(): Promise<string> {
  await mkdir(folder(), { recursive: true });
  return join(folder(), `${newId()}.part`);
}

/** Puts the file at `path` beside its import, in the transaction that makes it. */
export async function keepFile(tx: Tx, importId: string, path: string): Promise<void> {
  let position = 0;
  for await (const content of createReadStream(path, {
    highWaterMark: PIECE_BYTES,
  }) as AsyncIterable<Buffer>) {
    await tx.insert(importFiles).values({ importId, position, content });
    position += 1;
  }
}

/** The path of this machine's copy, which is made where there is none. @throws ImportProblem where the file is gone */
export async function fileOf(importId: string): Promise<string> {
  const place = placeOf(importId);
  if (existsSync(place)) return place;
  const draft = await draftPlace();
  const file = await open(draft, "w");
  try {
    let last = -1;
    for (let piece = await pieceAfter(importId, last); piece; piece = await pieceAfter(importId, last)) {
      await file.write(piece.content);
      last = piece.position;
    }
    if (last === -1) throw new ImportProblem("Its file is not there any more: send it again.");
  } finally {
    await file.close();
  }
  // Whole or not at all: another step may read it at once.
  await rename(draft, place);
  return place;
}

/** Removes the pieces and this machine's copy, once nothing needs them. Copies elsewhere go with the nightly sweep. */
export async function forgetFile(importId: string): Promise<void> {
  await db.delete(importFiles).where(eq(importFiles.importId, importId));
  await rm(placeOf(importId), { force: true });
}

async function pieceAfter(importId: string, last: number) {
  const [piece] = await db
    .select({ position: importFiles.position, content: importFiles.content })
    .from(importFiles)
    .where(and(eq(importFiles.importId, importId), gt(importFiles.position, last)))
    .orderBy(asc(importFiles.position))
    .limit(1);
  return piece;
}

const folder = (): string => join(/* turbopackIgnore: true */ env.DATA_DIR, "imports");
