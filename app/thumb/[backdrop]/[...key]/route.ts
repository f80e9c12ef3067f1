import sharp from "sharp";
import { backdropColour } from "@/lib/domain/palette";
import { missing } from "@/lib/machines/stream";
import { getFile } from "@/lib/storage";

type Context = { params: Promise<{ backdrop: string; key: string[] }> };

/** Twice the size that mails show it in. */
const SIDE = 144;

/** `/thumb/moss/KEY.jpg`: a stored picture small and on its backdrop, for mail programs. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { backdrop, key } = await params;
  const file = await getFile(key.join("/").replace(/\.jpg$/, ""));
  if (!file?.contentType.startsWith("image/")) return missing();
  const background = backdropColour(backdrop);
  const bytes = await sharp(file.bytes)
    .resize(SIDE, SIDE, { fit: "contain", background })
    .flatten({ background })
    .jpeg({ quality: 82 })
    .toBuffer();
  return new Response(new Uint8Array(bytes), {
    headers: {
      "cache-control": "public, max-age=31536000, immutable",
      "content-length": String(bytes.byteLength),
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
    },
  });
}
