/** What a backup is: a folder of compressed tables and files, and the list that says what must be in it. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Problem } from "../launcher/problem";

const count = z.number().int().nonnegative();
/** A place within the backup: it must never lead out of it. */
const place = z
  .string()
  .regex(/^[a-z0-9][\w.-]*(\/[a-z0-9][\w.-]*)*$/i)
  .refine((path) => !path.includes(".."));
const file = z.object({ path: place, size: count, sha256: z.string().length(64) });

const table = z.object({
  /** Quoted, with its schema. */
  name: z.string().min(1),
  /** Quoted; without those that PostgreSQL works out itself. */
  columns: z.array(z.string().min(1)).min(1),
  rows: count,
  file,
});

const manifest = z.object({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  /** PostgreSQL's version, as in server_version_num. */
  postgres: count,
  /** Hashes of the shop's migrations that had run, in their order. */
  migrations: z.array(z.string().length(64)).min(1),
  /** The newest migration of the job queue. */
  queue: count,
  tables: z.array(table).min(1),
  /** Parts of partitioned tables with their bounds, as PostgreSQL writes them. */
  partitions: z.array(z.object({ name: z.string(), parent: z.string(), bound: z.string() })),
  sequences: z.array(z.object({ name: z.string(), last: z.string().regex(/^\d+$/), called: z.boolean() })),
  /** Pictures and secrets. */
  files: z.array(file),
});

export type Manifest = z.infer<typeof manifest>;
export type Kept = z.infer<typeof file>;
export type KeptTable = z.infer<typeof table>;

/** The list of a backup. @throws Problem where there is none that this version reads. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => {
    throw new Problem(`${folder} is no whole backup: it has no manifest.json, which is written last.`);
  });
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    throw new Problem(
      `${join(folder, "manifest.json")} is damaged, or of a version of the shop that this one does not know.`,
    );
  }
}

/** Every file of the backup, its tables first. */
export const filesOf = ({ tables, files }: Manifest): Kept[] => [
  ...tables.map((entry) => entry.file),
  ...files,
];

/** Reads the whole backup and compares it with its list. @throws Problem about the first file that is not as it was. */
export async function checkFiles(
  folder: string,
  list: Manifest,
  note: (text: string) => void = () => {},
): Promise<void> {
  const all = filesOf(list);
  for (const [i, expected] of all.entries()) {
    note(`${i + 1} of ${all.length} files`);
    const found = await hashOf(join(folder, expected.path)).catch((error: NodeJS.ErrnoException) => {
      throw new Problem(
        error.code === "ENOENT"
          ? `The backup is not whole: ${expected.path} is missing.`
          : `The backup cannot be read: ${error.message}.`,
      );
    });
    if (found.size !== expected.size || found.sha256 !== expected.sha256)
      throw new Problem(`The backup is damaged: ${expected.path} is not what was written.`);
  }
}

async function hashOf(path: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest("hex") };
}
