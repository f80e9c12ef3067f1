import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { StatusDot } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { Textarea, TextInput } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import type { AddressFields } from "@/db/schema/checkout";
import { cancelForShop, markPaidByTransfer, writeNote } from "@/lib/actions/admin/orders";
import { addressLines } from "@/lib/domain/addresses";
import { momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { type PaymentStatus, paymentMethodLabel } from "@/lib/domain/payments";
import type { Note } from "@/lib/queries/admin/notes";
import type { StaffEvent, StaffOrder } from "@/lib/queries/admin/order";
import { AddressChange } from "./order-address";
import { eventSentence, paymentState } from "./order-words";
import { Panel } from "./page-head";
import { OrderFields, type OrderRef } from "./ship-form";

/** Where it goes. Whoever packs needs no more of the shopper than this. */
export function DeliveryPanel({ order }: { order: StaffOrder & OrderRef }) {
  return (
    <Panel title="Deliver to" id="deliver-to">
      {order.shippingAddress && <AddressText address={order.shippingAddress} />}
      <p className="mt-2 text-s text-quiet">{order.shippingRateName}</p>
      {order.note && <p className="mt-2 border-l-2 border-ink pl-3">“{order.note}”</p>}
      <AddressChange order={order} />
    </Panel>
  );
}

const WAYS: Readonly<Record<string, string>> = { stripe: "Stripe", manual: "By hand" };
const PAYMENT: Record<PaymentStatus, string> = {
  pending: "waiting",
  processing: "being processed",
  paid: "paid",
  failed: "declined",
  cancelled: "closed",
};

/** How the money stands; an admin sees the whole sum and what the gateway said. */
export function PaymentPanel({ order, timeZone }: { order: StaffOrder & OrderRef; timeZone: string }) {
  const { tone, text } = paymentState(order);
  const money = (amount: number) => formatMoney(amount, order.currency);
  const { whole } = order;
  const sums: [string, number][] = whole
    ? [
        ["Goods", whole.subtotal],
        ...(whole.discount > 0
          ? [[`Discount ${whole.discountCode ?? ""}`.trim(), -whole.discount] as [string, number]]
          : []),
        ["Delivery", whole.shipping],
        [order.pricesIncludeTax ? "Tax, contained" : "Tax", whole.tax],
        ["Total", order.total],
      ]
    : [["Your goods", order.total]];
  return (
    <Panel title="Payment" id="payment" end={<StatusDot tone={tone}>{text}</StatusDot>}>
      <dl className="num grid gap-1">
        {sums.map(([label, amount], i) => (
          <div
            key={label}
            className={cx("flex justify-between gap-4", i === sums.length - 1 && "font-semibold")}
          >
            <dt>{label}</dt>
            <dd>{money(amount)}</dd>
          </div>
        ))}
        {order.refunded > 0 && (
          <div className="flex justify-between gap-4 text-signal">
            <dt>Refunded</dt>
            <dd>{money(-order.refunded)}</dd>
          </div>
        )}
      </dl>
      <p className="mt-2 text-s text-quiet">{paymentMethodLabel[order.paymentMethod]}</p>
      {whole?.payments.map((payment) => (
        <p key={payment.id} className="num mt-1 text-s break-all text-quiet">
          {WAYS[payment.provider] ?? payment.provider}, {PAYMENT[payment.status]} · {money(payment.amount)}
          {payment.intentId && ` · ${payment.intentId}`}
          {payment.reference && ` · ${payment.reference}`}
        </p>
      ))}
      {whole && order.status === "pending" && order.paymentMethod === "bank_transfer" && (
        <TransferForm order={order} timeZone={timeZone} />
      )}
    </Panel>
  );
}

/** The money of a bank transfer came: the bank's list says so, and an admin writes it down. */
function TransferForm({ order, timeZone }: { order: StaffOrder & OrderRef; timeZone: string }) {
  return (
    <ActionForm action={markPaidByTransfer} label="Bank transfer" className="mt-4 grid gap-3 border-t pt-4">
      <OrderFields order={order} />
      <RequestKey />
      <TextInput
        name="reference"
        label="The transfer came"
        hint={
          order.expiresAt
            ? `Its reference on the bank's list. The goods are held until ${momentText(order.expiresAt, timeZone)}.`
            : "Its reference on the bank's list."
        }
        maxLength={140}
        autoComplete="off"
      />
      <SubmitButton small className="justify-self-start">
        Mark as paid
      </SubmitButton>
    </ActionForm>
  );
}

/** Who bought: for admins. */
export function CustomerPanel({ order, customerKey }: { order: StaffOrder; customerKey: string | null }) {
  const { whole } = order;
  if (!whole) return null;
  return (
    <Panel title="Customer" id="customer">
      <p>
        <a href={`mailto:${whole.email}`} className="link break-all">
          {whole.email}
        </a>
      </p>
      <p className="text-s text-quiet">{whole.accountName ? `Account ${whole.accountName}` : "Guest"}</p>
      {customerKey && (
        <Link
          href={`/admin/customers/${customerKey}` as Route}
          className="link inline-flex min-h-6 items-center text-s"
        >
          All about this customer
        </Link>
      )}
      {whole.billing && (
        <details className="mt-2">
          <summary className="link inline-flex min-h-6 items-center text-s">Billing address</summary>
          <AddressText address={whole.billing} />
        </details>
      )}
    </Panel>
  );
}

/** The codes of the payment service ("expired_or_canceled_card") as words; what people wrote stays. */
const inWords = (reason: string): string =>
  /^[a-z]+(?:_[a-z]+)+$/.test(reason) ? reason.replaceAll("_", " ") : reason;

/** What happened so far, the newest first. */
export function EventsPanel({ events, timeZone }: { events: readonly StaffEvent[]; timeZone: string }) {
  const told = events
    .map((event) => ({ event, text: eventSentence(event) }))
    .filter(({ text }) => text !== undefined)
    .reverse();
  return (
    <Panel title="Timeline" id="timeline">
      <ol className="grid gap-3">
        {told.map(({ event, text }) => (
          <li key={event.id} className="break-inside-avoid border-l-2 pl-3">
            <p>{text}</p>
            {event.reason && <p className="text-s wrap-anywhere">“{inWords(event.reason)}”</p>}
            <p className="num text-s text-quiet">
              <time dateTime={event.createdAt.toISOString()}>{momentText(event.createdAt, timeZone)}</time>
              {event.actor ? ` · ${event.actor}` : event.actorKind === "system" ? " · the shop" : ""}
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** What staff told each other. */
export function NotesPanel({
  order,
  notes,
  timeZone,
}: {
  order: OrderRef;
  notes: readonly Note[];
  timeZone: string;
}) {
  return (
    <Panel title="Notes" id="notes" onScreen={notes.length === 0}>
      {notes.map((note) => (
        <div key={note.id} className="mb-3 border-l-2 pl-3">
          <p className="whitespace-pre-line wrap-anywhere">{note.body}</p>
          <p className="num text-s text-quiet">
            {note.author ?? "Somebody who left"}
            {note.ownerName && ` (${note.ownerName})`} · {momentText(note.at, timeZone)}
          </p>
        </div>
      ))}
      {/* A note of one's own makes the form anew, and with it empty; somebody else's leaves what is typed. */}
      <ActionForm key={notes.filter(({ isMine }) => isMine).length} action={writeNote} className="grid gap-3">
        <OrderFields order={order} />
        <Textarea name="body" label="New note" hint="Shoppers never see it." rows={2} maxLength={2000} />
        <SubmitButton look="line" small className="justify-self-start">
          Add note
        </SubmitButton>
      </ActionForm>
    </Panel>
  );
}

/** Cancels the whole order, or what was not sent of it: for admins. */
export function CancelPanel({ order }: { order: StaffOrder & OrderRef }) {
  if (!order.can.cancel) return null;
  const isPartlySent = order.parts.some(({ parcels }) => parcels.length > 0);
  return (
    <Panel title="Cancel" id="cancel" onScreen>
      <details>
        <summary className="link inline-flex min-h-6 items-center text-signal">
          {isPartlySent ? "Cancel what was not sent" : "Cancel this order"}
        </summary>
        <ActionForm action={cancelForShop} className="mt-3 grid gap-3">
          <OrderFields order={order} />
          <Textarea
            name="note"
            label="Why"
            hint={`${
              isPartlySent
                ? "What is in parcels stays sold; of the rest, the stock comes back and the money is given back."
                : "Stock comes back; what was paid is given back in full."
            }${order.isDisputed ? " But what the bank holds because of the dispute: that is for the bank to decide." : ""}`}
            rows={2}
            maxLength={500}
          />
          <SubmitButton look="line" small className="justify-self-start">
            {isPartlySent ? "Cancel the rest" : "Cancel the order"}
          </SubmitButton>
        </ActionForm>
      </details>
    </Panel>
  );
}

function AddressText({ address }: { address: AddressFields }) {
  return (
    <address className="not-italic">
      {addressLines(address).map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
      {address.phone && <span className="num block text-quiet">{address.phone}</span>}
    </address>
  );
}
