import { categoryPath, markdownPath, readCategorySegments } from "@/lib/domain/catalog";
import { env } from "@/lib/env";
import { telling } from "@/lib/failures";
import { categoryMarkdown, MARKDOWN } from "@/lib/machines/markdown";
import { missing, movedTo, nearestIs, told } from "@/lib/machines/stream";
import { listCategory } from "@/lib/queries/catalog/category";

type Context = { params: Promise<{ path: string[] }> };

/** `/c/PATH.md` (next.config.ts leads here): a category as Markdown. */
export const GET = telling(async (_request: Request, { params }: Context): Promise<Response> => {
  const asked = readCategorySegments((await params).path);
  const found = asked && (await listCategory(asked.path, asked.page));
  if (!found) return missing();
  if ("moved" in found && found.isHidden) return nearestIs(markdownPath(categoryPath(found.moved)));
  if ("moved" in found) return movedTo(markdownPath(categoryPath(found.moved, asked.page)));
  return told(categoryMarkdown(found, env.SITE_URL), MARKDOWN);
});
