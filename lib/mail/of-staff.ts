/** The mails that owners and admins get. */
import type { MailOrder, MailPicture, MailStore } from "@/db/mail-parts";
import { formatMoney } from "@/lib/domain/money";
import { button, type Message, text } from "./blocks";
import { absolute } from "./links";
import type { MailData, MailTemplate } from "./messages";
import { deliveryOf, goodsName, linesOf, oneOf } from "./order-blocks";

export type StaffTemplate = Extract<
  MailTemplate,
  `owner_${string}` | "contact_message" | "admin_alert" | "low_stock" | "review_posted" | `payout_${string}`
>;

export interface OfStaff {
  readonly store: MailStore;
  readonly picture: MailPicture | null;
  readonly order: MailOrder | null;
}

type Writer<T extends MailTemplate> = (data: MailData[T], about: OfStaff) => Omit<Message, "reason">;

const orderPage = (number: string): string => absolute(`/admin/orders/${number}`);

export const staffMails: { [T in StaffTemplate]: Writer<T> } = {
  owner_new_order: ({ number, ownerId }, { order, store }) => ({
    heading: "Somebody bought your goods.",
    preheader: `${number}: your part waits to be packed.`,
    blocks: [
      text("Your part waits to be packed."),
      button("Open the order", orderPage(number)),
      ...(order ? [linesOf(order, store, ownerId), deliveryOf(order)] : []),
    ],
  }),
  owner_order_news: ({ number, ownerId, about, message }, { order, store }) => ({
    heading: `Order ${number}: ${about}.`,
    preheader: message,
    blocks: [
      text(message),
      button("Open the order", orderPage(number)),
      ...(order ? [linesOf(order, store, ownerId)] : []),
    ],
  }),
  contact_message: ({ name, email, orderNumber, message }) => ({
    about: orderNumber ? `About order ${orderNumber}` : undefined,
    heading: `${name} wrote to you.`,
    preheader: message.slice(0, 120),
    blocks: [
      ...message.split(/\n\s*\n/).map((paragraph) => text(paragraph)),
      { kind: "facts", rows: [{ name: "Answer to", value: email, href: `mailto:${email}` }] },
    ],
  }),
  admin_alert: ({ about, message, link }) => ({
    heading: `${about}.`,
    preheader: message,
    blocks: [text(message), button("Look at it", absolute(link))],
  }),
  low_stock: ({ available, sku, path, ...goods }, { picture }) => ({
    heading: `${goodsName(goods)} runs low.`,
    preheader: `${available} left of ${sku}.`,
    blocks: [
      text("It fell to its threshold. What is ordered now may have to wait."),
      oneOf(goods, picture, `${available} left`),
      button("Open the stock", absolute(path)),
    ],
  }),
  review_posted: ({ rating, path, ...goods }, { picture }) => ({
    heading: `${rating} of 5 for ${goodsName(goods)}.`,
    preheader: "A shopper wrote what they think of it.",
    blocks: [
      text("A shopper wrote what they think of it."),
      oneOf(goods, picture, `${rating} of 5`),
      button("Read it", absolute(path)),
    ],
  }),
  payout_paid: ({ amount, currency }, { store }) => ({
    heading: `${formatMoney(amount, currency, { locale: store.locale })} is on its way to you.`,
    preheader: "Your share of what was completed.",
    blocks: [text("Your share of the orders that were completed. Banks take a few days to show it.")],
  }),
  payout_failed: ({ amount, currency, reason }, { store }) => ({
    heading: "Your payout did not go through.",
    preheader: `${formatMoney(amount, currency, { locale: store.locale })} stays in your balance.`,
    blocks: [
      text(
        `${formatMoney(amount, currency, { locale: store.locale })} stays in your balance and is paid with the next one.${reason ? ` The bank says: ${reason}` : ""}`,
      ),
    ],
  }),
};
