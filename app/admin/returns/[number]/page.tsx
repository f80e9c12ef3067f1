import type { Metadata, Route } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { DecideForms, PayReturnForm, ReceiveForm } from "@/components/admin/return-forms";
import { ReturnLines } from "@/components/admin/return-lines";
import { returnTones } from "@/components/orders/return-list";
import { StatusDot } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { type Query, textOf } from "@/lib/domain/back-office";
import { dateText, momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { isByHand } from "@/lib/domain/payments";
import { returnStatusLabel } from "@/lib/domain/returns";
import { getStaffReturn } from "@/lib/queries/admin/returns";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;

type Props = { params: Promise<{ number: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Return ${(await params).number.slice(0, 20)}` };
}

const DONE: Readonly<Record<string, string>> = {
  approved: "The shopper may send it, and was told where to.",
  rejected: "The shopper was told why.",
  received: "It is counted. What is left is the money.",
  refunded: "The money is on its way back.",
};

const doneOf = (done: string, amount: number | null): string | undefined =>
  done === "refunded" && !amount ? "It is settled, and nothing was given back." : DONE[done];

export default async function AdminReturn({ params, searchParams }: Props) {
  const [{ number }, query, { timeZone }] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/returns/${number}`} />;
  const one = await getStaffReturn(staff, number);
  if (!one) return <NothingHere back="/admin/returns" backLabel="To the returns" />;
  return (
    <>
      <PageHead
        title={one.number}
        steps={[{ label: "Returns", href: "/admin/returns" }]}
        line={
          <>
            Of{" "}
            <Link href={`/admin/orders/${one.orderNumber}` as Route} className="link num">
              {one.orderNumber}
            </Link>
            , {one.customer}, asked for <span className="num">{momentText(one.createdAt, timeZone)}</span>
          </>
        }
        done={doneOf(textOf(query, "done"), one.amount)}
      >
        <StatusDot tone={returnTones[one.status]}>{returnStatusLabel[one.status]}</StatusDot>
      </PageHead>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 content-start gap-8">
          <Panel title={staff.kind === "admin" ? `Goods of ${one.ownerName}` : "Goods"} id="goods">
            <ReturnLines lines={one.lines} currency={one.currency} />
          </Panel>
          {one.note && (
            <Panel title="The shopper writes" id="note">
              <p className="max-w-read whitespace-pre-line wrap-anywhere">{one.note}</p>
            </Panel>
          )}
          {one.decisionNote && (
            <Panel title="The answer" id="answer">
              <p className="max-w-read whitespace-pre-line wrap-anywhere">{one.decisionNote}</p>
            </Panel>
          )}
        </div>
        <div className="grid grid-cols-1 content-start gap-8">
          {one.can.decide && (
            <Panel title="Answer" id="decide">
              <DecideForms one={one} />
            </Panel>
          )}
          {one.can.receive && (
            <Panel title="When it is here" id="receive">
              {one.expiresAt && (
                <p className="mb-3 text-s text-quiet">
                  Without it the return ends on{" "}
                  <span className="num">{dateText(one.expiresAt, timeZone)}</span>.
                </p>
              )}
              <ReceiveForm one={one} />
            </Panel>
          )}
          {one.can.refund && (
            <Panel title="The money" id="money">
              <PayReturnForm one={one} />
            </Panel>
          )}
          {one.status === "refunded" && (
            <Panel title="The money" id="money">
              <p className="num">
                {one.amount
                  ? `${formatMoney(one.amount, one.currency)} given back`
                  : "Nothing was given back"}
              </p>
              {one.refundStatus === "reserved" && isByHand(one.paymentMethod) && (
                <p className="mt-1 text-s text-quiet">
                  It was paid in cash or by bank transfer: an admin pays it back by hand.
                </p>
              )}
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}
