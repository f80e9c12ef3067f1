import { telling } from "@/lib/failures";
import { MARKDOWN } from "@/lib/machines/markdown";
import { missing, told } from "@/lib/machines/stream";
import { pageAsMarkdown } from "@/lib/queries/content";

type Context = { params: Promise<{ path: string[] }> };

/** `/about.md`, `/journal/SLUG.md` … (next.config.ts leads here): a page of content/ as it was written. */
export const GET = telling(async (_request: Request, { params }: Context): Promise<Response> => {
  const text = await pageAsMarkdown((await params).path.join("/"));
  return text === null ? missing() : told(text, MARKDOWN);
});
