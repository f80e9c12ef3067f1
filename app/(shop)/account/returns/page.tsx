import type { Metadata, Route } from "next";
import { returnTones } from "@/components/orders/return-list";
import { StatusDot } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { dateText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { returnStatusLabel } from "@/lib/domain/returns";
import { listOwnReturns } from "@/lib/queries/returns";
import { getStore } from "@/lib/queries/settings";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Returns", robots: { index: false } };

export default async function AccountReturnsPage() {
  const user = await requireUser("/account/returns");
  const [returns, { timeZone }] = await Promise.all([listOwnReturns(user), getStore()]);
  if (returns.length === 0) {
    return (
      <EmptyState
        level={1}
        title="Nothing sent back"
        action={<LinkButton href={"/account/orders" as Route}>See your orders</LinkButton>}
      >
        <p>Open an order that has arrived to send something of it back. What becomes of it stands here.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <h1 className="mb-8 text-xl">Returns</h1>
      <ul>
        {returns.map((one) => (
          <li key={one.number} className="grid gap-x-6 gap-y-1 border-t py-4 sm:grid-cols-[1fr_auto]">
            <div className="min-w-0">
              <Link
                href={`/orders/${one.orderNumber}` as Route}
                className="link num inline-flex min-h-6 items-center font-semibold"
              >
                {one.number}
              </Link>
              <p className="text-s text-quiet wrap-anywhere">
                {one.pieces === 1 ? one.name : `${one.name} and more, ${one.pieces} pieces`}, order{" "}
                <span className="num">{one.orderNumber}</span>
              </p>
            </div>
            <div className="sm:text-right">
              <StatusDot tone={returnTones[one.status]}>{returnStatusLabel[one.status]}</StatusDot>
              <p className="num text-s text-quiet">
                {one.amount ? `${formatMoney(one.amount, one.currency)} back, ` : ""}
                {dateText(one.createdAt, timeZone)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
