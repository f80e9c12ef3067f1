/** Pages of text that an admin writes in the place of those that ship, and the way back to these. */
import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contentPages } from "@/db/schema/content";
import { withTx } from "@/db/tx";
import { CONTENT_TAG } from "@/lib/cache-tags";
import { readPageFile } from "@/lib/content-files";
import type { Admin } from "@/lib/domain/actors";
import { wordsFor } from "@/lib/domain/audit";
import { checked } from "@/lib/domain/checked";
import { isPageName, type PageText, pageText, parsePage } from "@/lib/domain/content";
import { ShopError } from "@/lib/domain/errors";
import { write } from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { conflictWith } from "@/lib/services/conflicts";

/** A page as the shop shows it. */
export interface Standing extends PageText {
  /** Written by an admin; else it is the file's. */
  readonly isOwn: boolean;
  /** 0: nobody ever wrote one. */
  readonly version: number;
}

/** A page as it was opened. */
interface Opened {
  readonly slug: string;
  readonly version: number;
}

/** Saves a text in the place of the one that ships. @throws ShopError not_found, invalid_input, conflict */
export const savePage = async (admin: Admin, { slug, version, ...typed }: Opened & PageText): Promise<void> =>
  put(admin, { slug, version }, checked(pageText, typed));

/** Shows the text that ships again. @throws ShopError not_found, conflict */
export const resetPage = async (admin: Admin, opened: Opened): Promise<void> => put(admin, opened, null);

/** A page as it stands, its row locked; undefined: none of this name ships. */
export async function readPage(tx: Tx, slug: string): Promise<Standing | undefined> {
  const shipped = shippedPage(slug);
  if (!shipped) return undefined;
  const [row] = await tx.select().from(contentPages).where(eq(contentPages.slug, slug)).for("update");
  const { title, summary, body, version } = row ?? { version: 0 };
  if (typeof title !== "string" || typeof summary !== "string" || typeof body !== "string")
    return { ...shipped, isOwn: false, version };
  return { title, summary, body, isOwn: true, version };
}

function shippedPage(slug: string): PageText | undefined {
  const source = isPageName(slug) ? readPageFile(slug) : null;
  if (source === null) return undefined;
  const { head, body } = parsePage(source, slug);
  return { title: head.title, summary: head.summary, body };
}

async function put(admin: Admin, { slug, version }: Opened, text: PageText | null): Promise<void> {
  await withTx(async (tx) => {
    const before = await readPage(tx, slug);
    if (!before) throw new ShopError("not_found", { what: "page" });
    const stands = text ?? { title: null, summary: null, body: null };
    // The version decides in the statement: of two who write a page for the first time no row keeps them apart.
    const [saved] = await tx
      .insert(contentPages)
      .values({ slug, ...stands, version: 1 })
      .onConflictDoUpdate({
        target: contentPages.slug,
        set: { ...stands, version: version + 1, updatedAt: sql`shop_now()` },
        setWhere: eq(contentPages.version, version),
      })
      .returning({ version: contentPages.version });
    if (saved?.version !== version + 1) throw await conflict(tx, slug, before.version);
    const after = text ?? shippedPage(slug);
    await write(tx, admin, {
      action: "page.edit",
      subject: "content_pages",
      subjectId: slug,
      before: { ...before },
      after: { ...after, isOwn: text !== null },
    });
    await cache.expire(tx, [CONTENT_TAG]);
  });
}

const conflict = (tx: Tx, slug: string, version: number) =>
  conflictWith(
    tx,
    { what: "page", subject: "content_pages", subjectId: slug, version },
    wordsFor(["title", "summary", "body"]),
  );
