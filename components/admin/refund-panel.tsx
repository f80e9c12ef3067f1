import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { PartVersion } from "@/components/ui/version-field";
import { recordCashBack, refundOrder, retryRefund } from "@/lib/actions/admin/refunds";
import { momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { Refundable, StaffRefund } from "@/lib/queries/admin/refunds";
import { Panel } from "./page-head";
import { RefundState } from "./refund-table";
import { OrderFields, type OrderRef } from "./ship-form";

type Priced = OrderRef & { readonly currency: string };

/** What was given back, and what may be: for admins. */
export function RefundPanel({
  order,
  refunds,
  refundable,
  timeZone,
}: {
  order: Priced;
  refunds: readonly StaffRefund[];
  refundable: Refundable | null;
  timeZone: string;
}) {
  if (!refundable && refunds.length === 0) return null;
  return (
    <Panel
      title="Refunds"
      id="refunds"
      end={
        refundable && (
          <span className="num text-s">
            {formatMoney(refundable.left, order.currency)} may still be refunded
          </span>
        )
      }
    >
      {refunds.length > 0 && (
        <ul className={refundable && refundable.left > 0 ? "mb-4" : undefined}>
          {refunds.map((refund) => (
            <Row key={refund.id} refund={refund} order={order} timeZone={timeZone} />
          ))}
        </ul>
      )}
      {refundable && refundable.left > 0 && (
        <details id="refund" data-screen className="group/refund">
          <summary className="link inline-flex min-h-6 items-center">Refund money</summary>
          <RefundForm
            key={refunds.filter(({ isMine }) => isMine).length}
            order={order}
            refundable={refundable}
          />
        </details>
      )}
      {refundable && refundable.disputed > 0 && (
        <p className="num mt-3 text-s text-quiet">
          {formatMoney(refundable.disputed, order.currency)} is with the bank because of a dispute and cannot
          be given back here.
        </p>
      )}
    </Panel>
  );
}

function Row({ refund, order, timeZone }: { refund: StaffRefund; order: Priced; timeZone: string }) {
  const money = (amount: number) => formatMoney(amount, order.currency);
  const what = [
    ...refund.pieces.map(
      ({ quantity, name, title, restock }) =>
        `${quantity} × ${title ? `${name}, ${title}` : name}${restock ? " (back on the shelf)" : ""}`,
    ),
    ...(refund.shipping > 0 ? [`delivery ${money(refund.shipping)}`] : []),
  ];
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-t py-3 first:border-t-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-4">
          <span className="num font-semibold">{money(refund.amount)}</span>
          <RefundState status={refund.status} />
        </p>
        {what.length > 0 && <p className="num text-s wrap-anywhere">{what.join(" · ")}</p>}
        <p className="text-s wrap-anywhere">“{refund.reason}”</p>
        <p className="num text-s text-quiet">
          {momentText(refund.at, timeZone)} · {refund.by ?? "the shop"}
          {refund.status === "failed" && refund.failure && ` · ${refund.failure.replaceAll("_", " ")}`}
        </p>
      </div>
      {refund.canTryAgain && (
        <ActionForm action={retryRefund} label="Try the refund again">
          <RefundFields refund={refund} order={order} />
          <SubmitButton look="line" small>
            Try again
          </SubmitButton>
        </ActionForm>
      )}
      {refund.byHand && (
        <ActionForm action={recordCashBack} className="flex flex-wrap gap-2" label="Cash by hand">
          <RefundFields refund={refund} order={order} />
          <SubmitButton look="line" small name="do" value="paid">
            Cash was given back
          </SubmitButton>
          <SubmitButton look="quiet" small name="do" value="failed">
            It could not be
          </SubmitButton>
        </ActionForm>
      )}
    </li>
  );
}

function RefundFields({ refund, order }: { refund: StaffRefund; order: OrderRef }) {
  return (
    <>
      <OrderFields order={order} />
      <input type="hidden" name="refundId" value={refund.id} />
      <RequestKey />
    </>
  );
}

/** Pieces, shipping, or an amount; each field says what is left of it. */
function RefundForm({ order, refundable }: { order: Priced; refundable: Refundable }) {
  const money = (amount: number) => formatMoney(amount, order.currency);
  // Each keeps its place, whatever was refunded meanwhile: what was typed goes back into it.
  const lines = refundable.lines.map((line, i) => ({ ...line, i })).filter(({ pieces }) => pieces > 0);
  return (
    <ActionForm action={refundOrder} className="mt-3 grid max-w-form gap-4" label="Refund" idPrefix="refund-">
      <OrderFields order={order} />
      <RequestKey />
      <input type="hidden" name="currency" value={order.currency} />
      <PartVersion name="left" version={refundable.left} />
      <ul id="refund-lines" tabIndex={-1} className="grid gap-4">
        {lines.map(({ i, ...line }) => (
          <li key={line.id} className="grid gap-2 sm:grid-cols-[1fr_auto] sm:items-end sm:gap-4">
            <input type="hidden" name={`lines.${i}.orderLineId`} value={line.id} />
            <TextInput
              name={`lines.${i}.quantity`}
              label={`Pieces of ${line.title ? `${line.name}, ${line.title}` : line.name}`}
              hint={
                <span className="num">
                  {line.pieces} left to refund, {money(line.left)}
                </span>
              }
              type="number"
              inputMode="numeric"
              min={0}
              max={line.pieces}
              defaultValue={0}
            />
            <Checkbox
              name={`lines.${i}.restock`}
              value="1"
              label={
                <>
                  Back on the shelf<span className="sr-only">: {line.name}</span>
                </>
              }
              className="sm:pb-2"
            />
          </li>
        ))}
      </ul>
      {refundable.shipping > 0 && (
        <TextInput
          name="shipping"
          label="Delivery"
          hint={<span className="num">{money(refundable.shipping)} left</span>}
          optional
          inputMode="decimal"
          autoComplete="off"
        />
      )}
      <TextInput
        name="amount"
        label="Amount"
        hint="Alone: a sum over the whole order. With pieces: this instead of their price."
        optional
        inputMode="decimal"
        autoComplete="off"
      />
      <Textarea name="reason" label="Why" hint="The shopper reads it." rows={2} maxLength={500} />
      <SubmitButton small className="justify-self-start">
        Refund
      </SubmitButton>
    </ActionForm>
  );
}
