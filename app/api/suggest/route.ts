import { renditionOf } from "@/components/ui/rendition";
import { categoryPath, mediaPath, productPath } from "@/lib/domain/catalog";
import type { Suggested } from "@/lib/domain/suggestions";
import { telling } from "@/lib/failures";
import { suggest } from "@/lib/queries/catalog/suggest";

// Public, and the same for everybody who types the same.
const KEPT = { "cache-control": "public, max-age=60" };

/** `?q=TEXT`: searches, categories and pieces that begin so. */
export const GET = telling(async (request: Request): Promise<Response> => {
  const q = (new URL(request.url).searchParams.get("q") ?? "")
    .toWellFormed()
    .replaceAll("\0", "")
    .trim()
    .slice(0, 100);
  const { queries, categories, products } = await suggest(q);
  const answer: Suggested = {
    queries,
    categories: categories.map(({ name, path }) => ({ name, path: categoryPath(path) })),
    products: products.map(({ name, slug, price, image }) => ({
      name,
      path: productPath(slug),
      price,
      picture: image && renditionOf(mediaPath(image.key), 96),
    })),
  };
  return Response.json(answer, { headers: KEPT });
});
