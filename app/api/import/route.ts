import { isShopError } from "@/lib/domain/errors";
import { isSameOrigin } from "@/lib/same-origin";
import { draftPlace } from "@/lib/services/imports/kept-file";
import * as imports from "@/lib/services/imports/steps";
import * as limits from "@/lib/services/limits";
import { getShopper } from "@/lib/session";
import { receiveFile } from "@/lib/upload";

const LARGEST = 200 * 1024 * 1024;
const AN_HOUR = { limit: 60, seconds: 3_600 };

/** Takes in a file to import, as a form sends it, and leads to its page. */
export async function POST(request: Request): Promise<Response> {
  const shopper = await getShopper();
  if (shopper.kind === "guest") return to("/sign-in?callbackUrl=%2Fadmin%2Fimport");
  if (shopper.kind === "customer" || !isSameOrigin(request)) return new Response(null, { status: 403 });
  try {
    await limits.take(`import:${shopper.userId}`, AN_HOUR);
    const path = await draftPlace();
    const upload = await receiveFile(request, path, LARGEST);
    if (typeof upload === "string") return to(`/admin/import?problem=${upload}`);
    return to(`/admin/import/${await imports.takeIn(shopper, { path, fileName: upload.fileName })}`);
  } catch (error) {
    if (isShopError(error, "too_many")) return to("/admin/import?problem=often");
    throw error;
  }
}

const to = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
