/** Answers with a CSV file that is made piece by piece, for the one who asked and nobody else. */
import { streamed } from "@/lib/machines/stream";

const PRIVATE = { "cache-control": "private, no-store", "x-robots-tag": "noindex" };

/** The file under its name; a failure before the first piece still has its own status. */
export async function csvFile(pieces: AsyncGenerator<string>, fileName: string): Promise<Response> {
  const answer = await streamed(pieces, "text/csv; charset=utf-8");
  if (!answer) return noFile();
  for (const [name, value] of Object.entries(PRIVATE)) answer.headers.set(name, value);
  answer.headers.set("content-disposition", `attachment; filename="${fileName}"`);
  return answer;
}

/** Rows of a list that are read at once. */
const AT_ONCE = 500;

/** `head`, then a line for each row of a list, however long: `read` answers a page of those that stand after a row. */
export async function* linesOfList<Row extends { readonly id: string }>(
  head: string,
  read: (after: { readonly after?: string }, page: { page: 1; pageSize: number }) => Promise<readonly Row[]>,
  lineOf: (row: Row) => string,
): AsyncGenerator<string> {
  yield head;
  for (let last: Row | undefined; ; ) {
    const rows = await read(last ? { after: last.id } : {}, { page: 1, pageSize: AT_ONCE });
    yield rows.map(lineOf).join("");
    last = rows.at(-1);
    if (rows.length < AT_ONCE) return;
  }
}

/** To whoever may not have it there is no such file. */
export const noFile = (): Response => new Response("Nothing here.", { status: 404, headers: PRIVATE });
