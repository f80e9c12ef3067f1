import { isShopError } from "@/lib/domain/errors";
import { isSameOrigin } from "@/lib/same-origin";
import { draftPlace } from "@/lib/services/imports/kept-file";
import { takeCount } from "@/lib/services/imports/stocktake";
import * as limits from "@/lib/services/limits";
import { getShopper } from "@/lib/session";
import { receiveFile } from "@/lib/upload";

const LARGEST = 10 * 1024 * 1024;
const AN_HOUR = { limit: 60, seconds: 3_600 };

/** Takes in a counted sheet and leads to what it would change. */
export async function POST(request: Request): Promise<Response> {
  const shopper = await getShopper();
  if (shopper.kind === "guest") return to("/sign-in?callbackUrl=%2Fadmin%2Fstock%2Fcount");
  if (shopper.kind === "customer" || !isSameOrigin(request)) return new Response(null, { status: 403 });
  try {
    await limits.take(`import:${shopper.userId}`, AN_HOUR);
    const path = await draftPlace();
    const upload = await receiveFile(request, path, LARGEST);
    if (typeof upload === "string") return to(`/admin/stock/count?problem=${upload}`);
    return to(`/admin/stock/count/${await takeCount(shopper, { path, fileName: upload.fileName })}`);
  } catch (error) {
    if (isShopError(error, "too_many")) return to("/admin/stock/count?problem=often");
    throw error;
  }
}

const to = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
