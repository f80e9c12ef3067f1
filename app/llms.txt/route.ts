import { connection } from "next/server";
import { env } from "@/lib/env";
import { telling } from "@/lib/failures";
import { llmsText, MARKDOWN } from "@/lib/machines/markdown";
import { told } from "@/lib/machines/stream";
import { listMappedCategories } from "@/lib/queries/catalog/listing";
import { listPages } from "@/lib/queries/content";
import { getStore } from "@/lib/queries/settings";

/** What the shop is and where its text stands, for language models. */
export const GET = telling(async (): Promise<Response> => {
  await connection();
  const [store, categories, pages] = await Promise.all([getStore(), listMappedCategories(), listPages()]);
  return told(llmsText(store, categories, pages, env.SITE_URL), MARKDOWN);
});
