/** Imports: a Shopify product export into the catalogue, one product after the other, each whole or not at all. */
import { basename } from "node:path";
import { asc, eq, like, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { owners } from "@/db/schema/accounts";
import { productImages } from "@/db/schema/catalog";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import { type Staff, type System, userIdOf } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { ImportProblem } from "@/lib/domain/imports/columns";
import { type Group, groupRows } from "@/lib/domain/imports/groups";
import type { Note } from "@/lib/domain/imports/note";
import { ImportSkip, type ProductDraft, readProduct } from "@/lib/domain/imports/product";
import type { Context } from "./context";
import type { DownloadLimits } from "./download";
import { rowsOf, type Survey, survey } from "./file";
import { type Picture, Pictures } from "./pictures";
import { begin, finish, note, type Outcome, type Result } from "./record";
import { Report } from "./report";
import { type Written, writeProduct } from "./write-product";

export interface ImportInput {
  /** Where the file lies. */
  readonly path: string;
  /** Its name for people; that of the path when left out. */
  readonly fileName?: string;
  /** Slug of the shop that sells the goods; the oldest one when left out. An owner always imports for themselves. */
  readonly owner?: string | undefined;
  /** Does everything and keeps nothing; loads no pictures. */
  readonly dryRun?: boolean;
  readonly images?: boolean;
  /** Sets the stock of variants that are there already to the file's numbers. */
  readonly setStock?: boolean;
  /** For tests: which addresses pictures may come from. */
  readonly downloads?: DownloadLimits;
}

export interface Progress {
  readonly rows: number;
  readonly rowsTotal: number;
  readonly product: string;
}

/**
 * Imports a file. Products that cannot be imported are in the report with their lines; all others are in the shop.
 * @throws ImportProblem where nothing can be imported at all: one sentence that says why.
 */
export async function run(
  actor: Staff | System,
  input: ImportInput,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Report> {
  const file = await survey(input.path);
  const context = await prepare(actor, input, file);
  const fileName = input.fileName ?? basename(input.path);
  const importId = input.dryRun
    ? null
    : await begin({
        fileName,
        fileHash: file.hash,
        ownerId: context.owner.id,
        startedBy: userIdOf(actor),
        rowsTotal: file.rows,
      });
  const report = new Report(importId, context.owner.name, file.rows);
  const pictures = input.images === false || input.dryRun ? null : new Pictures(input.downloads);
  try {
    for await (const group of groupRows(rowsOf(file))) {
      await importGroup(context, file, group, { importId, pictures, report });
      onProgress({ rows: report.rowsDone, rowsTotal: file.rows, product: group.handle });
    }
  } catch (error) {
    if (importId) await finish(importId, "failed", report.summary()).catch(() => {});
    throw error;
  }
  if (importId) await finish(importId, "finished", report.summary());
  return report;
}

async function prepare(actor: Staff | System, input: ImportInput, file: Survey): Promise<Context> {
  const [store] = await db
    .select({ currency: settings.currency, lowStockThreshold: settings.lowStockThreshold })
    .from(settings);
  if (!store) throw new ImportProblem("There is no shop in this database yet: run `npm start` once.");
  const all = await db
    .select({ id: owners.id, name: owners.name, slug: owners.slug })
    .from(owners)
    .where(actor.kind === "owner" ? eq(owners.id, actor.ownerId) : eq(owners.isActive, true))
    .orderBy(asc(owners.createdAt), asc(owners.id));
  const wanted = actor.kind === "owner" ? undefined : input.owner;
  const owner = wanted ? all.find(({ slug }) => slug === wanted) : all[0];
  if (!owner && all.length > 0)
    throw new ImportProblem(
      `There is no owner "${wanted}"; there is ${all.map(({ slug }) => slug).join(", ")}.`,
    );
  if (!owner) throw new ImportProblem("Nobody sells in this shop yet: add an owner first.");
  return {
    actor,
    owner,
    isOwnerGiven: actor.kind === "owner" || wanted !== undefined,
    ...store,
    reason: `import ${input.fileName ?? basename(input.path)}`,
    setStock: input.setStock ?? false,
    slugs: file.slugs,
  };
}

interface Run {
  readonly importId: string | null;
  readonly pictures: Pictures | null;
  readonly report: Report;
}

async function importGroup(
  context: Context,
  file: Survey,
  group: Group,
  { importId, pictures, report }: Run,
) {
  const about = { handle: group.handle, lines: group.lines };
  let draft: ProductDraft | undefined;
  try {
    if (file.scattered.has(group.slug))
      throw new ImportProblem(
        `The rows of "${group.handle}" do not stand together: sort the file by handle.`,
      );
    draft = readProduct(group, file.columns, context.currency);
    const notes: Note[] = [...draft.notes];
    const loaded = await loadPictures(pictures, draft, notes);
    const result = await write(context, draft, loaded, notes, importId);
    report.add(result, { variants: draft.variants.length, pictures: loaded.length });
  } catch (error) {
    const outcome: Outcome = error instanceof ImportSkip ? "skipped" : "failed";
    const failed: Result = { ...about, outcome, message: sentenceOf(error), notes: [], before: null };
    if (importId) await withTx((tx) => note(tx, importId, failed));
    report.add(failed, { variants: 0, pictures: 0 });
  }
}

/** Outside any transaction: a slow server must not hold locks. */
async function loadPictures(
  pictures: Pictures | null,
  draft: ProductDraft,
  notes: Note[],
): Promise<Picture[]> {
  if (!pictures || draft.images.length === 0) return [];
  const folder = `imported/${draft.slug}`;
  const known = await db
    .select({ key: productImages.key })
    .from(productImages)
    .where(like(productImages.key, `${folder}/%`));
  return pictures.load(
    folder,
    draft.images,
    known.map(({ key }) => key),
    notes,
  );
}

class Rehearsed extends Error {
  constructor(readonly written: Written) {
    super("dry run");
  }
}

async function write(
  context: Context,
  draft: ProductDraft,
  pictures: readonly Picture[],
  notes: readonly Note[],
  importId: string | null,
): Promise<Result> {
  const resultOf = (written: Written): Result => ({
    handle: draft.handle,
    lines: draft.lines,
    outcome: written.outcome,
    message: null,
    notes: [...notes, ...written.notes],
    before: written.before,
  });
  const attempt = () =>
    withTx(async (tx: Tx) => {
      const userId = userIdOf(context.actor);
      // The price history says who changed a price.
      if (userId) await tx.execute(sql`select set_config('shop.user', ${userId}, true)`);
      const written = await writeProduct(tx, context, draft, pictures);
      if (!importId) throw new Rehearsed(written);
      const result = resultOf(written);
      await note(tx, importId, result);
      return result;
    });
  try {
    // Somebody made the same product or category at the same moment: now it is there to be found.
    return await attempt().catch((error) =>
      sqlState(error) === "23505" ? attempt() : Promise.reject(error),
    );
  } catch (error) {
    if (error instanceof Rehearsed) return resultOf(error.written);
    throw error;
  }
}

/** Why one product failed. Throws what is no fault of the product: without a database there is nothing to go on with. */
function sentenceOf(error: unknown): string {
  if (error instanceof ImportProblem || error instanceof ImportSkip || error instanceof ShopError)
    return error.message;
  const state = sqlState(error) ?? "";
  if (state.startsWith("22") || state.startsWith("23") || state === "54000") {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return `The database refused it: ${cause}`;
  }
  throw error;
}
