import { connection } from "next/server";
import { env } from "@/lib/env";
import { telling } from "@/lib/failures";
import { sitemapIndex, XML } from "@/lib/machines/sitemap";
import { told } from "@/lib/machines/stream";
import { countSitemaps } from "@/lib/queries/catalog/listing";

/** Names the sitemaps. */
export const GET = telling(async (): Promise<Response> => {
  await connection();
  const products = Array.from({ length: await countSitemaps() }, (_, i) => `products-${i + 1}`);
  return told(sitemapIndex(["pages", "categories", ...products], env.SITE_URL), XML);
});
