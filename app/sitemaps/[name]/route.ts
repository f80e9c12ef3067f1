import { env } from "@/lib/env";
import { telling } from "@/lib/failures";
import { categorySitemap, pageSitemap, productSitemap, XML } from "@/lib/machines/sitemap";
import { missing, streamed, told } from "@/lib/machines/stream";
import { listMapped, listMappedCategories } from "@/lib/queries/catalog/listing";
import { listPages } from "@/lib/queries/content";

type Context = { params: Promise<{ name: string }> };

/** `pages.xml`, `categories.xml`, `products-1.xml` … */
export const GET = telling(async (_request: Request, { params }: Context): Promise<Response> => {
  const { name } = await params;
  if (name === "pages.xml")
    return told(
      pageSitemap([{ path: "/" }, { path: "/contact" }, ...(await listPages())], env.SITE_URL),
      XML,
    );
  if (name === "categories.xml")
    return told(categorySitemap(await listMappedCategories(), env.SITE_URL), XML);
  const place = Number(/^products-([1-9]\d{0,4})\.xml$/.exec(name)?.[1] ?? 0);
  const file = place > 0 ? await streamed(productSitemap(listMapped(place), env.SITE_URL), XML) : null;
  return file ?? missing();
});
