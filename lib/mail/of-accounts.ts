/** The mails of accounts and of what a shopper asked to hear about. */
import type { MailPicture, MailStore } from "@/db/mail-parts";
import { formatMoney } from "@/lib/domain/money";
import { button, type Message, quiet, text } from "./blocks";
import { absolute, cartLink, stopLink, tokenLink } from "./links";
import type { MailData, MailTemplate } from "./messages";
import { goodsName, oneOf, pictureOf } from "./order-blocks";

export type AccountTemplate = Extract<
  MailTemplate,
  | "welcome"
  | "verify_email"
  | "reset_password"
  | "staff_invited"
  | "alert_kept"
  | "back_in_stock"
  | "price_drop"
  | "cart_reminder"
>;

export interface OfAccount {
  readonly store: MailStore;
  /** Of the goods that it is about, where they have one. */
  readonly picture: MailPicture | null;
  /** Links lose their secret: the reader may see the mail, but not act on it. */
  readonly withoutSecrets: boolean;
}

type Writer<T extends MailTemplate> = (data: MailData[T], about: OfAccount) => Omit<Message, "reason">;

export const accountMails: { [T in AccountTemplate]: Writer<T> } = {
  welcome: ({ name, seed }, { store, withoutSecrets }) => ({
    heading: `Welcome to ${store.name}.`,
    preheader: "One click shows that this address is yours.",
    blocks: [
      text(`${hello(name)} your account keeps orders, addresses and wishlist, on every device.`),
      text("Please confirm that this address is yours. The link works once, for a day."),
      button("Confirm the address", tokenLink("verify_email", withoutSecrets ? null : seed)),
      quiet("If you did not open an account, do nothing: without the click nobody is taken for you."),
    ],
  }),
  verify_email: ({ name, seed }, { withoutSecrets }) => ({
    heading: "Confirm your address.",
    preheader: "One click shows that this address is yours.",
    blocks: [
      text(`${hello(name)} please confirm that this address is yours. The link works once, for a day.`),
      button("Confirm the address", tokenLink("verify_email", withoutSecrets ? null : seed)),
    ],
  }),
  reset_password: ({ name, seed }, { withoutSecrets }) => ({
    heading: "Choose a new password.",
    preheader: "The link works once, for an hour.",
    blocks: [
      text(
        `${hello(name)} somebody asked for a new password for your account. The link works once, for an hour.`,
      ),
      button("Choose a new password", tokenLink("reset_password", withoutSecrets ? null : seed)),
      quiet("If that was not you, do nothing: your password stays as it is."),
    ],
  }),
  staff_invited: ({ name, seed }, { store, withoutSecrets }) => ({
    heading: `You are on the staff of ${store.name}.`,
    preheader: "Choose a password to come in; the link works once, for three days.",
    blocks: [
      text(`${hello(name)} an admin of ${store.name} gave you an account for the back office.`),
      text("Choose a password to come in. The link works once, for three days."),
      button("Choose a password", tokenLink("reset_password", withoutSecrets ? null : seed)),
      quiet("If you did not expect this, do nothing: nobody comes in without the link."),
    ],
  }),
  alert_kept: ({ kind, ...data }, about) => {
    const when = kind === "price_drop" ? "it costs less" : "it is back";
    return {
      heading: `We keep an eye on ${goodsName(data)}.`,
      preheader: `One mail when ${when}, and nothing else.`,
      blocks: [
        text(`Somebody, most likely you, asked us to write to this address when ${when}. We do so once.`),
        oneOf(data, about.picture),
        button("See it", absolute(data.path)),
        quiet("If that was not you, or you think better of it, stop it with the link below."),
      ],
      ...stop(data, about),
    };
  },
  back_in_stock: (data, about) => ({
    heading: `${goodsName(data)} is back.`,
    preheader: "You asked us to tell you.",
    blocks: [
      text("You asked us to tell you. There may not be many."),
      oneOf(data, about.picture),
      button("See it", absolute(data.path)),
    ],
    ...stop(data, about),
  }),
  price_drop: ({ before, now, currency, ...goods }, about) => {
    const { store, picture } = about;
    const money = (amount: number) => formatMoney(amount, currency, { locale: store.locale });
    return {
      heading: `${goodsName(goods)} costs less now.`,
      preheader: `${money(now)} instead of ${money(before)}.`,
      blocks: [
        text(`It costs ${money(now)} now; it was ${money(before)} when you asked us to watch it.`),
        oneOf(goods, picture, money(now)),
        button("See it", absolute(goods.path)),
      ],
      ...stop(goods, about),
    };
  },
  cart_reminder: ({ items, currency, cartId }, { store, withoutSecrets }) => ({
    heading: "Your cart is still here.",
    preheader: items.map(goodsName).join("; "),
    blocks: [
      text("You asked us to remind you, once. What you put into it stands there as you left it."),
      {
        kind: "goods",
        goods: items.map((item) => ({
          name: item.product,
          detail: [item.variant, `Quantity ${item.quantity}`].filter(Boolean).join(" · "),
          picture: item.imageKey && pictureOf(item.imageKey, item.imageBackdrop),
          backdrop: item.imageBackdrop,
          end: formatMoney(item.subtotal, currency, { locale: store.locale }),
        })),
      },
      button("Open the cart", cartLink("open", cartId, withoutSecrets)),
      quiet("The link works on any device. Nothing is reserved until you order."),
    ],
    unsubscribe: cartLink("unsubscribe", cartId, withoutSecrets),
  }),
};

const stop = ({ alertId }: { alertId?: string | undefined }, { withoutSecrets }: OfAccount) =>
  alertId ? { unsubscribe: stopLink(alertId, withoutSecrets) } : {};

// Whoever opens an account chooses the name and the address: mail programs would make a link of such a name.
const hello = (name: string): string => (name && !/[/:@]|\.\S/.test(name) ? `Hello ${name},` : "Hello,");
