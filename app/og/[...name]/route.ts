import { isSlug, readCategorySegments } from "@/lib/domain/catalog";
import { telling } from "@/lib/failures";
import { listCategory } from "@/lib/queries/catalog/category";
import { getHome } from "@/lib/queries/catalog/home";
import { getProduct } from "@/lib/queries/catalog/product";
import { getStore } from "@/lib/queries/settings";
import { inTurn } from "@/lib/renditions";
import { drawShare } from "@/lib/share/draw";
import {
  categoryShare,
  homeShare,
  markOf,
  productShare,
  type ShareFacts,
  sharePath,
} from "@/lib/share/facts";
import { getFile, putFile } from "@/lib/storage";

type Context = { params: Promise<{ name: string[] }> };

const PNG = "image/png";

/**
 * The picture of a shared link. Its address names what it shows, so whoever has it may keep it; an address of before
 * leads to today's. It is drawn once and kept with the other pictures.
 */
export const GET = telling(async (_request: Request, { params }: Context): Promise<Response> => {
  const segments = (await params).name;
  const asked = segments.at(-1);
  const page = segments.slice(0, -1);
  const facts = await factsOf(page);
  if (!facts) return new Response("Not found", { status: 404, headers: { "cache-control": "no-store" } });
  if (asked !== `${markOf(facts)}.png`)
    return new Response(null, {
      status: 302,
      headers: { location: sharePath(page.join("/"), facts), "cache-control": "public, max-age=60" },
    });
  const bytes = await drawnOnce(facts);
  return new Response(bytes, {
    headers: {
      "cache-control": "public, max-age=31536000, immutable",
      "content-length": String(bytes.byteLength),
      "content-type": PNG,
      "x-content-type-options": "nosniff",
    },
  });
});

async function factsOf([kind = "", ...rest]: string[]): Promise<ShareFacts | null> {
  const store = await getStore();
  if (kind === "home" && rest.length === 0) return homeShare(await getHome(), store);
  const [slug = ""] = rest;
  if (kind === "p" && rest.length === 1) {
    const product = isSlug(slug) ? await getProduct(slug) : null;
    return product && !("moved" in product) ? productShare(product, store) : null;
  }
  const asked = kind === "c" ? readCategorySegments(rest) : undefined;
  const category = asked && (await listCategory(asked.path, 1));
  return category && !("moved" in category) ? categoryShare(category, store) : null;
}

const drawing = new Map<string, Promise<Buffer<ArrayBuffer>>>();

/** Asked for by many at once it is drawn for all of them. */
async function drawnOnce(facts: ShareFacts): Promise<Buffer<ArrayBuffer>> {
  const key = `og/${markOf(facts)}.png`;
  const kept = await getFile(key);
  if (kept) return kept.bytes;
  const under = drawing.get(key) ?? draw(key, facts).finally(() => drawing.delete(key));
  drawing.set(key, under);
  return under;
}

async function draw(key: string, facts: ShareFacts): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(await inTurn(() => drawShare(facts)));
  await putFile(key, bytes, PNG);
  return bytes;
}
