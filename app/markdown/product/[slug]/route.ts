import { isSlug, markdownPath, productPath } from "@/lib/domain/catalog";
import { env } from "@/lib/env";
import { telling } from "@/lib/failures";
import { MARKDOWN, productMarkdown } from "@/lib/machines/markdown";
import { missing, movedTo, told } from "@/lib/machines/stream";
import { getProduct } from "@/lib/queries/catalog/product";
import { getStore } from "@/lib/queries/settings";

type Context = { params: Promise<{ slug: string }> };

/** `/p/SLUG.md` (next.config.ts leads here): a product as Markdown. */
export const GET = telling(async (_request: Request, { params }: Context): Promise<Response> => {
  const { slug } = await params;
  const found = isSlug(slug) ? await getProduct(slug) : null;
  if (!found) return missing();
  if ("moved" in found) return movedTo(markdownPath(productPath(found.moved)));
  return told(productMarkdown(found, await getStore(), env.SITE_URL), MARKDOWN);
});
