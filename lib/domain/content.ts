/** Pages that stand in the repository as Markdown: their head, and the figures of the shop that their text may name. */

export interface PageHead {
  readonly title: string;
  /** One sentence, for lists and search engines. */
  readonly summary: string;
  /** ISO date of a journal entry, or of the last change of a page. */
  readonly on: string | null;
  /** From "/" on, with what it shows. */
  readonly picture: string | null;
  readonly alt: string;
}

const HEAD = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/;

/** Head and body of a file. @throws Error that names what its head lacks */
export function parsePage(source: string, name: string): { head: PageHead; body: string } {
  const block = HEAD.exec(source);
  const fields = new Map(
    (block?.[1] ?? "").split(/\r?\n/).flatMap((line) => {
      const [, key, value] = /^([a-z]+):\s*(.+?)\s*$/.exec(line) ?? [];
      return key && value ? [[key, value.replace(/^"(.*)"$/, "$1")] as const] : [];
    }),
  );
  const title = fields.get("title");
  const summary = fields.get("summary");
  if (!title || !summary) throw new Error(`${name} has no title or no summary at its head`);
  const on = fields.get("date") ?? null;
  if (on !== null && !/^\d{4}-\d\d-\d\d$/.test(on)) throw new Error(`${name}: date must be like 2026-11-28`);
  return {
    head: { title, summary, on, picture: fields.get("picture") ?? null, alt: fields.get("alt") ?? "" },
    body: source.slice(block?.[0].length ?? 0).trim(),
  };
}

/** Puts figures in the place of `{{name}}`. @throws Error for a name that there is no figure for */
export function fillFigures(body: string, figures: Readonly<Record<string, string>>, name: string): string {
  return body.replace(/\{\{\s*([a-zA-Z]+)\s*\}\}/g, (_, figure: string) => {
    const value = Object.hasOwn(figures, figure) ? figures[figure] : undefined;
    if (value === undefined) throw new Error(`${name} names {{${figure}}}, which is no figure of the shop`);
    return value;
  });
}

/** Stored words as words of Markdown: nothing in them becomes a link, a heading, a table or an element. */
export const plain = (words: string): string =>
  words
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>|#]/g, "\\$&");

/** Whether a page of text can have this name: no longer one than a file may have. */
export const isPageName = (name: string): boolean =>
  name.length <= 100 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
