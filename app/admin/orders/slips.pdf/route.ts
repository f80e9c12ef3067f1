import type { NextRequest } from "next/server";
import { isId } from "@/lib/domain/back-office";
import { telling } from "@/lib/failures";
import { drawSlips } from "@/lib/paper/slip-pdf";
import { listSlips } from "@/lib/queries/admin/slips";
import { getStore } from "@/lib/queries/settings";
import { getShopper } from "@/lib/session";

const PRIVATE = { "cache-control": "private, no-store", "x-robots-tag": "noindex" };

/** Packing slips as a file, for staff; owners get those of their own parts, and of nothing else. */
export const GET = telling(async (request: NextRequest): Promise<Response> => {
  const shopper = await getShopper();
  const ids = new URL(request.url).searchParams.getAll("ids").filter(isId).slice(0, 100);
  const isStaff = shopper.kind === "owner" || shopper.kind === "admin";
  const slips = isStaff ? await listSlips(shopper, ids) : [];
  if (slips.length === 0) return new Response("Nothing here.", { status: 404, headers: PRIVATE });
  const { name, timeZone } = await getStore();
  const file = await drawSlips(slips, { storeName: name, timeZone });
  return new Response(new Uint8Array(file), {
    headers: {
      ...PRIVATE,
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="${slips.length === 1 ? slips[0]?.number : "packing-slips"}.pdf"`,
    },
  });
});
