import { missing } from "@/lib/machines/stream";
import { getThumb } from "@/lib/renditions";

type Context = { params: Promise<{ backdrop: string; key: string[] }> };

/** `/thumb/moss/KEY.jpg`: a stored picture small and on its backdrop, for mail programs. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { backdrop, key } = await params;
  const bytes = await getThumb(key.join("/").replace(/\.jpg$/, ""), backdrop);
  if (!bytes) return missing();
  return new Response(bytes, {
    headers: {
      "cache-control": "public, max-age=31536000, immutable",
      "content-length": String(bytes.byteLength),
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
    },
  });
}
