/** The pages of text as an admin changes them: what stands, and whether it is the shop's own. For admins only. */
import { sql } from "@/db/client";
import { fileNames, readPageFile } from "@/lib/content-files";
import type { Admin } from "@/lib/domain/actors";
import { isPageName, parsePage } from "@/lib/domain/content";

export interface EditablePage {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  /** Markdown, as it is written. */
  readonly body: string;
  readonly isOwn: boolean;
  /** Of its last change by an admin. */
  readonly at: Date | null;
  /** 0: nobody ever changed it. */
  readonly version: number;
}

interface Row {
  slug: string;
  title: string | null;
  summary: string | null;
  body: string | null;
  version: number;
  at: string;
}

/** Every page that can be changed, by its name. */
export async function listEditablePages(_admin: Admin): Promise<EditablePage[]> {
  const rows = await sql<Row[]>`
    select slug, title, summary, body, version, updated_at as at from content_pages`;
  return fileNames("").map((slug) =>
    standing(
      slug,
      rows.find((row) => row.slug === slug),
    ),
  );
}

/** One of them; null: there is none. */
export async function getEditablePage(_admin: Admin, slug: string): Promise<EditablePage | null> {
  if (!isPageName(slug) || readPageFile(slug) === null) return null;
  const [row] = await sql<Row[]>`
    select slug, title, summary, body, version, updated_at as at from content_pages where slug = ${slug}`;
  return standing(slug, row);
}

function standing(slug: string, row: Row | undefined): EditablePage {
  const { head, body } = parsePage(readPageFile(slug) ?? "", slug);
  return {
    slug,
    title: row?.title ?? head.title,
    summary: row?.summary ?? head.summary,
    body: row?.body ?? body,
    isOwn: typeof row?.body === "string",
    at: row ? new Date(row.at) : null,
    version: row?.version ?? 0,
  };
}
