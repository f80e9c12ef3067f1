/** The mails that shoppers get about an order, from placing it to its end. */
import type { MailOrder, MailParcel, MailStore } from "@/db/mail-parts";
import { momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { isByHand } from "@/lib/domain/payments";
import { type Block, button, type Message, quiet, text } from "./blocks";
import { orderLink } from "./links";
import type { MailData, MailTemplate } from "./messages";
import { deliveryOf, itemsOf, linesOf, parcelOf, totalsOf } from "./order-blocks";

export interface OfOrder {
  readonly order: MailOrder;
  readonly store: MailStore;
  readonly parcel: MailParcel | null;
  readonly returnItems: readonly { orderLineId: string; quantity: number }[] | null;
}

export type OrderTemplate = Extract<
  MailTemplate,
  `order_${string}` | "payment_failed" | "payment_late_refunded"
>;

type Writer<T extends MailTemplate> = (data: MailData[T], about: OfOrder) => Omit<Message, "reason">;

export const orderMails: { [T in OrderTemplate]: Writer<T> } = {
  order_placed: (_data, { order, store }) => ({
    heading: "Your order waits for its payment.",
    preheader: `${order.number}: we hold your goods${until(order, store)}.`,
    blocks: [
      text(`We hold your goods${until(order, store)}. Once it is paid we start packing.`),
      ...(order.paymentMethod === "bank_transfer"
        ? transferOf(order, store)
        : [button("Pay now", orderLink(order))]),
      quiet("If you have paid already, you need not do anything: the next mail tells you."),
      linesOf(order, store),
      totalsOf(order, store),
      deliveryOf(order),
    ],
  }),
  order_paid: (_data, about) => ({
    heading: "Thank you. It is paid.",
    preheader: `${about.order.number}: ${sum(about, about.order.total)}. Next you hear from us when it leaves.`,
    blocks: [text("Next you hear from us when it leaves the workshop."), ...wholeOrder(about)],
  }),
  order_confirmed: (_data, about) => ({
    heading: "Thank you. It is ordered.",
    preheader: `${about.order.number}: ${sum(about, about.order.total)}. Next you hear from us when it leaves.`,
    blocks: [
      text(
        about.order.paymentMethod === "cash_on_delivery"
          ? `You pay ${sum(about, about.order.total)} to the courier. Next you hear from us when it leaves the workshop.`
          : "There is nothing to pay. Next you hear from us when it leaves the workshop.",
      ),
      ...wholeOrder(about),
    ],
  }),
  payment_failed: ({ reason }, { order, store }) => ({
    heading: "The payment did not go through.",
    preheader: `${order.number}: nothing was charged. Your goods are still held for you.`,
    blocks: [
      text(
        `${reason === "insufficient_funds" ? "The card has not enough funds. " : ""}Nothing was charged, and we still hold your goods${until(order, store)}. You can try again, or with another card.`,
      ),
      button("Try again", orderLink(order)),
      linesOf(order, store),
      totalsOf(order, store),
    ],
  }),
  order_shipped: (_data, { order, parcel }) => ({
    heading: "It is on its way.",
    preheader: parcel
      ? [order.number, `with ${parcel.carrier}`, parcel.trackingNumber].filter(Boolean).join(" ")
      : order.number,
    blocks: [
      ...(parcel ? [parcelOf(parcel)] : []),
      parcel?.trackingUrl
        ? button("Follow the parcel", parcel.trackingUrl)
        : button("See the order", orderLink(order)),
      ...itemsOf(order, parcel?.items),
      deliveryOf(order),
    ],
  }),
  order_delivered: (_data, { order, store }) => ({
    heading: "It has arrived.",
    preheader: `${order.number}: all parcels were delivered.`,
    blocks: [
      text(
        store.returnWindowDays > 0
          ? `If something is not right, you can send it back within ${store.returnWindowDays} days, from the order's page.`
          : "We hope it is right.",
      ),
      button("See the order", orderLink(order)),
      linesOf(order, store),
    ],
  }),
  order_cancelled: ({ reason, lines }, about) => ({
    heading: lines ? "A part of your order is cancelled." : "Your order is cancelled.",
    preheader: lines
      ? `${about.order.number}: the rest of it goes on as before.`
      : `${about.order.number}: it is not sent any more.`,
    blocks: [
      ...(reason ? [text(reason)] : []),
      ...(about.order.captured > 0
        ? [text("What was paid for it goes back the way it came. We write to you when it is on its way.")]
        : lines
          ? []
          : [text("Nothing was charged for it.")]),
      ...(lines ? itemsOf(about.order, lines) : [linesOf(about.order, about.store)]),
      button("See the order", orderLink(about.order)),
    ],
  }),
  order_expired: (_data, { order, store }) => ({
    heading: "Your order ran out of time.",
    preheader: `${order.number}: nothing was charged, and your cart has its goods again.`,
    blocks: [
      text(
        "It was not paid in time, so we let go of its goods. Nothing was charged. Your cart has them again, as long as there are some.",
      ),
      linesOf(order, store),
      button("See the order", orderLink(order)),
    ],
  }),
  order_refunded: ({ amount, lines, reason }, about) => ({
    heading: `${sum(about, amount)} goes back to you.`,
    preheader: `${about.order.number}: the way that you paid it. Banks take a few days.`,
    blocks: [
      text(
        isByHand(about.order.paymentMethod)
          ? "We pay it back as we agreed with you."
          : "It goes back the way that you paid it. Banks take up to ten days to show it.",
      ),
      ...(reason ? [quiet(reason)] : []),
      ...itemsOf(about.order, lines),
      button("See the order", orderLink(about.order)),
    ],
  }),
  payment_late_refunded: ({ amount }, about) => ({
    heading: "Your payment came too late and goes back.",
    preheader: `${about.order.number}: ${sum(about, amount)} goes back by itself.`,
    blocks: [
      text(
        `The order was over when your payment of ${sum(about, amount)} arrived, so it goes back by itself, the way that you paid it. Banks take up to ten days to show it.`,
      ),
      button("See the order", orderLink(about.order)),
    ],
  }),
  order_address_changed: (_data, { order }) => ({
    heading: "It goes to another address.",
    preheader: `${order.number}: the address was changed.`,
    blocks: [
      text("The address of your order was changed. If that was not you, please answer this mail at once."),
      deliveryOf(order),
      button("See the order", orderLink(order)),
    ],
  }),
};

function wholeOrder({ order, store }: OfOrder): Block[] {
  return [
    button("See the order", orderLink(order)),
    linesOf(order, store),
    totalsOf(order, store),
    deliveryOf(order),
  ];
}

const sum = ({ order, store }: OfOrder, amount: number): string =>
  formatMoney(amount, order.currency, { locale: store.locale });

/** Where the money of a bank transfer goes, and how the shop will know whose it is. */
const transferOf = (order: MailOrder, store: MailStore): Block[] => [
  text(
    `Please transfer ${formatMoney(order.total, order.currency)} and name ${order.number} as the reason, to:`,
  ),
  ...(store.bankDetails ?? "")
    .split("\n")
    .filter(Boolean)
    .map((line) => text(line)),
  button("See the order", orderLink(order)),
];

// The zone stands in it: a mail is read in other places than the shop's.
function until({ expiresAt, status }: MailOrder, { timeZone }: MailStore): string {
  if (!expiresAt || status !== "pending") return " for a while";
  return ` until ${momentText(new Date(expiresAt), timeZone)}`;
}
