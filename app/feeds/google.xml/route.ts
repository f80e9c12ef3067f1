import { env } from "@/lib/env";
import { telling } from "@/lib/failures";
import { merchantFeed } from "@/lib/machines/merchant-feed";
import { XML } from "@/lib/machines/sitemap";
import { busy, forFew, missing, streamed } from "@/lib/machines/stream";
import { listForFeed } from "@/lib/queries/catalog/listing";
import { getStore } from "@/lib/queries/settings";
import { listDelivery } from "@/lib/queries/shipping";

/** Every variant in the form of Google's Merchant Center. `?country=FR`: with delivery there instead of at home. */
export const GET = telling(async (request: Request): Promise<Response> => {
  const asked = new URL(request.url).searchParams.get("country")?.toUpperCase();
  const [store, zones] = await Promise.all([getStore(), listDelivery()]);
  const country = asked && /^[A-Z]{2}$/.test(asked) ? asked : store.country;
  const items = forFew("feed", 2, merchantFeed(listForFeed(), { store, zones, country, site: env.SITE_URL }));
  // A feed of a large shop takes a minute of the machine that also answers shoppers.
  return items ? ((await streamed(items, XML)) ?? missing()) : busy(120);
});
