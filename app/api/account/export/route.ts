import { isShopError } from "@/lib/domain/errors";
import { exportAccount } from "@/lib/queries/accounts-export";
import * as limits from "@/lib/services/limits";
import { getShopper } from "@/lib/session";

const AN_HOUR = { limit: 12, seconds: 3_600 };

/** All that the shop keeps about the person who is signed in, as a file. Never kept on the way. */
export async function GET(): Promise<Response> {
  const shopper = await getShopper();
  if (shopper.kind === "guest") {
    const location = "/sign-in?callbackUrl=%2Faccount%2Fdata";
    return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
  }
  try {
    await limits.take(`export:${shopper.userId}`, AN_HOUR);
  } catch (error) {
    if (isShopError(error, "too_many"))
      return new Response(error.message, { status: 429, headers: { "cache-control": "no-store" } });
    throw error;
  }
  const data = await exportAccount(shopper);
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="my-data.json"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
