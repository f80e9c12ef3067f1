import { getFile } from "@/lib/storage";

type Context = { params: Promise<{ key: string[] }> };

/** A stored picture. Its key never gets other bytes, so whoever has it may keep it. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const file = await getFile((await params).key.join("/"));
  if (!file) return new Response("Not found", { status: 404, headers: { "cache-control": "no-store" } });
  return new Response(file.bytes, {
    headers: {
      "cache-control": "public, max-age=31536000, immutable",
      "content-length": String(file.bytes.byteLength),
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": file.contentType,
      "x-content-type-options": "nosniff",
    },
  });
}
