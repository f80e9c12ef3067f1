/** What people hear of an order: from the kind of an event on its timeline to messages for shopper, owners and admins. */
import { formatMoney } from "@/lib/domain/money";
import type { MailData, MailTemplate, OrderedItem } from "@/lib/mail/messages";
import { type EventData, figure, itemsIn, text } from "./event-data";

/** An event as it stands on the timeline. */
export interface TimelineEvent {
  readonly kind: string;
  readonly fromStatus: string | null;
  readonly ownerId: string | null;
  readonly reason: string | null;
  readonly data: EventData;
}

/** What the messages say about the order and, where the event names one, its refund. Amounts in minor units. */
export interface OrderFacts {
  readonly number: string;
  readonly status: string;
  readonly currency: string;
  readonly paymentMethod: string;
  readonly refund: RefundFacts | null;
}

export interface RefundFacts {
  readonly amount: number;
  readonly reason: string;
  /** Why it was made by itself; null when a person asked. */
  readonly automatic: string | null;
  /** It pays for a return, whose own messages tell of it. */
  readonly isOfReturn: boolean;
  readonly lines: readonly OrderedItem[];
}

export type AnyMail = { [T in MailTemplate]: { template: T; data: MailData[T] } }[MailTemplate];

/** A message to one kind of reader: a mail, a notification in the shop, or both. */
export interface Message {
  /** Owners: those whose part it concerns. */
  readonly to: "shopper" | "owners" | "admins";
  /** The mail; for owners made for each of them. */
  readonly mail?: AnyMail | ((ownerId: string) => AnyMail);
  readonly note?: { readonly type: string; readonly title: string; readonly message: string };
  /** Once for the order instead of once for the event. */
  readonly oncePerOrder?: boolean;
}

type Teller = (event: TimelineEvent, order: OrderFacts) => readonly Message[];

/** Whether anybody hears of an event; only then does it cost a job. */
export function isTold({
  kind,
  data,
}: {
  kind: string;
  data?: Record<string, unknown> | null | undefined;
}): boolean {
  // An order that is confirmed in the moment it is placed is told of once.
  if (kind === "placed") return data?.method === "card" || data?.method === "bank_transfer";
  return Object.hasOwn(tellers, kind);
}

/** The messages of one event. */
export function messagesOf(event: TimelineEvent, order: OrderFacts): readonly Message[] {
  const teller = Object.hasOwn(tellers, event.kind) ? tellers[event.kind] : undefined;
  return teller?.(event, order) ?? [];
}

const tellers: Readonly<Record<string, Teller>> = {
  placed: (_event, { number, status }) =>
    status === "pending"
      ? [
          toShopper(
            { template: "order_placed", data: { number } },
            "is placed",
            "It holds your goods while it waits for payment.",
            number,
          ),
        ]
      : [],
  confirmed: (_event, { number, paymentMethod }) => [
    paymentMethod === "card" || paymentMethod === "bank_transfer"
      ? toShopper({ template: "order_paid", data: { number } }, "is paid", "We are getting it ready.", number)
      : toShopper(
          { template: "order_confirmed", data: { number } },
          "is confirmed",
          "We are getting it ready.",
          number,
        ),
    {
      to: "owners",
      mail: (ownerId) => ({ template: "owner_new_order", data: { number, ownerId } }),
      note: { type: "order", title: `New order ${number}`, message: "Your part waits to be packed." },
    },
  ],
  payment_failed: (event, { number, status }) =>
    status === "pending"
      ? [
          {
            ...toShopper(
              { template: "payment_failed", data: { number, reason: event.reason ?? undefined } },
              "is not paid yet",
              "The payment did not go through. Your goods are still held for you.",
              number,
            ),
            oncePerOrder: true,
          },
        ]
      : [],
  parcel_sent: ({ data }, { number }) => [
    toShopper(
      { template: "order_shipped", data: { number, shipmentId: text(data, "shipmentId") } },
      "is on its way",
      [text(data, "carrier"), text(data, "trackingNumber")].filter(Boolean).join(" "),
      number,
    ),
  ],
  delivered: (_event, { number }) => [
    toShopper(
      { template: "order_delivered", data: { number } },
      "has arrived",
      "All its parcels were delivered.",
      number,
    ),
  ],
  parcel_lost: (_event, { number }) => [
    ...toOwners(number, "a parcel was lost", "The courier lost a parcel of your part."),
    toAdmins(number, "a parcel was lost", "The shopper did not get it. Decide about a refund."),
  ],
  parcel_returned: (_event, { number }) => [
    ...toOwners(number, "a parcel comes back", "A parcel of your part was not accepted and comes back."),
    toAdmins(number, "a parcel comes back", "The shopper did not get it. Decide what happens to the order."),
  ],
  cancelled: (event, { number }) => [
    text(event.data, "reason") === "expired"
      ? toShopper(
          { template: "order_expired", data: { number } },
          "ran out of time",
          "It was not paid in time. Your cart has its goods again.",
          number,
        )
      : toShopper(
          { template: "order_cancelled", data: { number, reason: event.reason ?? undefined } },
          "is cancelled",
          event.reason ?? "",
          number,
        ),
    // Owners never heard of an order that nobody paid.
    ...(event.fromStatus === "pending"
      ? []
      : toOwners(number, "cancelled", "What was not sent yet stays with you.")),
  ],
  part_cancelled: partlyCancelled,
  lines_cancelled: partlyCancelled,
  refunded: ({ data }, order) => {
    const { number, currency, refund } = order;
    const amount = refund?.amount ?? figure(data, "amount");
    if (amount === undefined || refund?.isOfReturn) return [];
    const sum = { number, amount, currency };
    return [
      toShopper(
        refund?.automatic === "late_success"
          ? { template: "payment_late_refunded", data: sum }
          : {
              template: "order_refunded",
              data: { ...sum, reason: refund?.reason, lines: refund?.lines },
            },
        "was refunded",
        `${formatMoney(amount, currency)} goes back to you.`,
        number,
      ),
    ];
  },
  refund_failed: (event, { number }) => [
    toAdmins(
      number,
      "a refund failed",
      `The payment provider could not pay it back${event.reason ? ` (${event.reason})` : ""}. Try again or pay it another way.`,
    ),
  ],
  refund_mismatch: (_event, { number }) => [
    toAdmins(number, "a refund does not fit", "The payment provider paid back more than the books had left."),
  ],
  payment_mismatch: (_event, { number }) => [
    toAdmins(number, "a payment does not fit", "What was received differs from what the order asks for."),
  ],
  dispute_opened: (_event, { number }) => [
    toAdmins(number, "a dispute was opened", "The money is held. Answer it in the provider's dashboard."),
    ...toOwners(number, "disputed", "The payment is disputed. Nothing may be sent until it is settled."),
  ],
  dispute_won: (_event, { number }) => [
    toAdmins(number, "the dispute is won", "The money is back."),
    ...toOwners(number, "dispute won", "Your part goes on as before."),
  ],
  dispute_lost: (_event, { number }) => [
    toAdmins(number, "the dispute is lost", "The money is gone."),
    ...toOwners(number, "dispute lost", "Your share of it was taken back."),
  ],
  address_changed: (_event, { number, status }) => [
    toShopper(
      { template: "order_address_changed", data: { number } },
      "goes to another address",
      "The address was changed.",
      number,
    ),
    ...(status === "pending" ? [] : toOwners(number, "new address", "It goes elsewhere than before.")),
  ],
  return_requested: (event, order) => [
    ofReturn("return_requested", "return was asked for", "We look at it and answer.")(event, order),
    ...toOwners(order.number, "return requested", "The shopper wants to send something back."),
  ],
  return_approved: one(ofReturn("return_approved", "return is approved", "You can send it back now.")),
  return_rejected: one(ofReturn("return_rejected", "return was not accepted", "")),
  return_withdrawn: (_event, { number }) =>
    toOwners(number, "return withdrawn", "The shopper keeps the goods."),
  return_received: one(
    ofReturn("return_received", "return has arrived", "It is looked at, then you get your money."),
  ),
  return_refunded: one(ofReturn("return_refunded", "return is refunded", "The money goes back to you.")),
  return_expired: one(ofReturn("return_expired", "return is closed", "The goods did not come in time.")),
};

function partlyCancelled(
  { data, reason }: TimelineEvent,
  { number, status }: OrderFacts,
): readonly Message[] {
  // Its last part was called off: the order's own event tells it.
  if (status === "cancelled") return [];
  const lines = itemsIn(data);
  return [
    toShopper(
      { template: "order_cancelled", data: { number, lines: lines ?? [], reason: reason ?? undefined } },
      "was cut short",
      "A part of it is cancelled.",
      number,
    ),
    ...toOwners(number, "partly cancelled", "Some pieces of your part were called off."),
  ];
}

function ofReturn(
  template: Extract<MailTemplate, `return_${string}`>,
  what: string,
  message: string,
): (event: TimelineEvent, order: OrderFacts) => Message {
  return ({ data, reason }, { number, currency, refund }) => {
    const news = {
      number,
      returnId: text(data, "returnId"),
      reason: reason ?? undefined,
      lines: itemsIn(data),
      ...(refund ? { amount: refund.amount, currency } : {}),
    };
    return {
      to: "shopper",
      mail: { template, data: news },
      note: { type: "return", title: `Order ${number}: ${what}`, message: message || (reason ?? "") },
    };
  };
}

function one(make: (event: TimelineEvent, order: OrderFacts) => Message): Teller {
  return (event, order) => [make(event, order)];
}

function toShopper(mail: AnyMail, what: string, message: string, number: string): Message {
  return { to: "shopper", mail, note: { type: "order", title: `Order ${number} ${what}`, message } };
}

function toOwners(number: string, about: string, message: string): readonly Message[] {
  return [
    {
      to: "owners",
      mail: (ownerId) => ({ template: "owner_order_news", data: { number, ownerId, about, message } }),
      note: { type: "order", title: `Order ${number}: ${about}`, message },
    },
  ];
}

function toAdmins(number: string, about: string, message: string): Message {
  const title = `Order ${number}: ${about}`;
  return {
    to: "admins",
    mail: { template: "admin_alert", data: { about: title, message, link: `/admin/orders/${number}` } },
    note: { type: "order", title, message },
  };
}
