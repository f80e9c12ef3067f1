import type { Metadata } from "next";
import { FindForm } from "@/components/orders/find-form";
import { ReturnPolicy } from "@/components/orders/return-policy";
import { Link } from "@/components/ui/link";
import { getStore } from "@/lib/queries/settings";
import { getShopper } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = {
  title: "Returns",
  description: "Send something back: how long there is time, who pays, and where to begin.",
};

export default async function ReturnsPage() {
  const [shopper, store] = await Promise.all([getShopper(), getStore()]);
  return (
    <div className="page py-8 lg:py-16">
      <h1 className="text-xl">Send something back</h1>
      <div className="mt-3 mb-8 grid gap-3">
        <ReturnPolicy days={store.returnWindowDays} />
        <p className="max-w-read text-quiet">
          {shopper.kind === "guest" ? (
            "No account is needed: number and e-mail of the order are enough."
          ) : (
            <>
              Choose the order{" "}
              <Link href="/account/orders" className="link">
                in your account
              </Link>
              , or find it by number and e-mail.
            </>
          )}
        </p>
      </div>
      <FindForm next="return" />
    </div>
  );
}
