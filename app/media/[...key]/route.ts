import { WIDTHS } from "@/components/ui/rendition";
import { telling } from "@/lib/failures";
import { getRendition } from "@/lib/renditions";
import { getFile } from "@/lib/storage";

type Context = { params: Promise<{ key: string[] }> };

/** A stored picture, or with a width before its key (`/media/640w/KEY`) a smaller one of it. Keys never get other bytes, so whoever has one may keep it. */
export const GET = telling(async (request: Request, { params }: Context): Promise<Response> => {
  const { key } = await params;
  const width = WIDTHS.find((one) => `${one}w` === key[0]);
  const file =
    width === undefined ? await getFile(key.join("/")) : await smaller(request, key.slice(1), width);
  if (!file) return new Response("Not found", { status: 404, headers: { "cache-control": "no-store" } });
  return new Response(file.bytes, {
    headers: {
      "cache-control": "public, max-age=31536000, immutable",
      "content-length": String(file.bytes.byteLength),
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": file.contentType,
      "x-content-type-options": "nosniff",
      ...(width !== undefined && { vary: "accept" }),
    },
  });
});

async function smaller(request: Request, key: readonly string[], width: number) {
  const format = request.headers.get("accept")?.includes("image/avif") ? "avif" : "webp";
  const bytes = await getRendition(key.join("/"), width, format);
  return bytes && { bytes, contentType: `image/${format}` };
}
