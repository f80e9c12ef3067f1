import { z } from "zod";
import type { Admin } from "@/lib/domain/actors";
import { isId } from "@/lib/domain/back-office";
import { isShopError } from "@/lib/domain/errors";
import { telling } from "@/lib/failures";
import { exportAccount, exportFormerCustomer, exportGuest } from "@/lib/queries/accounts-export";
import { isSameOrigin } from "@/lib/same-origin";
import { noteExport, type Person } from "@/lib/services/accounts-care";
import { noteFormerExport } from "@/lib/services/former-orders";
import { getShopper } from "@/lib/session";

const PRIVATE = { "cache-control": "private, no-store", "x-robots-tag": "noindex" };

const one = z.literal("1").optional();
const exportInput = z.strictObject({
  typed: z.string().transform((typed) => typed.slice(0, 254)),
  isGuest: one,
  isFormer: one,
});

type Props = { params: Promise<{ key: string }> };

/** A customer's data as a file, for an admin who typed their address; it is on the audit log before the file is made. */
export const POST = telling(async (request: Request, { params }: Props): Promise<Response> => {
  const [{ key }, admin] = [await params, await getShopper()];
  const nothing = new Response("Nothing here.", { status: 404, headers: PRIVATE });
  if (admin.kind !== "admin" || !isId(key) || !isSameOrigin(request)) return nothing;
  const form = exportInput.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) return new Response("This form is not ours.", { status: 400, headers: PRIVATE });
  const { typed, isGuest, isFormer } = form.data;
  try {
    const data = isFormer
      ? await dataOfFormer(admin, key, typed)
      : await dataOf(admin, isGuest ? { orderId: key } : { userId: key }, typed);
    return new Response(`${JSON.stringify(data, null, 2)}\n`, {
      headers: {
        ...PRIVATE,
        "content-type": "application/json; charset=utf-8",
        "content-disposition": 'attachment; filename="customer-data.json"',
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    if (isShopError(error, "not_found")) return nothing;
    if (!isShopError(error, "invalid_input")) throw error;
    const page = isFormer ? "orders/former" : "customers";
    const location = `/admin/${page}/${key}?wrong=export#privacy`;
    return new Response(null, { status: 303, headers: { ...PRIVATE, location } });
  }
});

async function dataOf(admin: Admin, person: Person, typed: string) {
  const whose = await noteExport(admin, { person, typed });
  return "userId" in whose ? exportAccount(whose, { isProved: true }) : exportGuest(whose.guestEmail);
}

const dataOfFormer = async (admin: Admin, orderId: string, typed: string) =>
  exportFormerCustomer((await noteFormerExport(admin, { orderId, typed })).email);
