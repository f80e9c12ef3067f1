/** Sitemaps: an index, and one file for pages, categories and each few thousand products (sitemaps.org). */
import { categoryPath, mediaPath, productPath } from "@/lib/domain/catalog";
import type { MappedCategory, MappedProduct } from "@/lib/queries/catalog/listing";
import { element } from "./xml";

export const XML = "application/xml; charset=utf-8";

/** Google takes up to a thousand pictures a page; the first ones are what a page is about. */
const PICTURES = 10;
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const OPEN = `${HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n`;
const CLOSE = "</urlset>\n";

/** The file that names all others. */
export function sitemapIndex(names: readonly string[], site: string): string {
  const files = names.map((name) => `<sitemap>${element("loc", `${site}/sitemaps/${name}.xml`)}</sitemap>\n`);
  return `${HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${files.join("")}</sitemapindex>\n`;
}

interface Entry {
  readonly path: string;
  readonly changedAt?: string | undefined;
  readonly images?: readonly string[];
}

function entry({ path, changedAt, images = [] }: Entry, site: string): string {
  const pictures = images
    .slice(0, PICTURES)
    .map((key) => `<image:image>${element("image:loc", `${site}${mediaPath(key)}`)}</image:image>`);
  return `<url>${element("loc", `${site}${path}`)}${changedAt ? element("lastmod", changedAt) : ""}${pictures.join("")}</url>\n`;
}

/** Pages of our own; `changedAt` where it is known. */
export const pageSitemap = (pages: readonly Entry[], site: string): string =>
  `${OPEN}${pages.map((page) => entry(page, site)).join("")}${CLOSE}`;

export const categorySitemap = (categories: readonly MappedCategory[], site: string): string =>
  pageSitemap(
    categories
      .filter(({ count }) => count > 0)
      .map(({ path, changedAt }) => ({ path: categoryPath(path), changedAt })),
    site,
  );

/** Products as they come, batch by batch. Nothing at all where the first batch is missing: there is no such file. */
export async function* productSitemap(
  batches: AsyncGenerator<MappedProduct[]>,
  site: string,
): AsyncGenerator<string> {
  let head = OPEN;
  for await (const products of batches) {
    yield head +
      products
        .map(({ slug, changedAt, images }) => entry({ path: productPath(slug), changedAt, images }, site))
        .join("");
    head = "";
  }
  if (!head) yield CLOSE;
}
