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

/** To whoever may not have it there is no such file. */
export const noFile = (): Response => new Response("Nothing here.", { status: 404, headers: PRIVATE });
