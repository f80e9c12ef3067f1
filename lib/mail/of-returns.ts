/** The mails that shoppers get about something they send back. */
import { formatMoney } from "@/lib/domain/money";
import { button, type Message, quiet, text } from "./blocks";
import { orderLink } from "./links";
import type { MailData, MailTemplate } from "./messages";
import type { OfOrder } from "./of-orders";
import { itemsOf } from "./order-blocks";

export type ReturnTemplate = Extract<MailTemplate, `return_${string}`>;

interface Words {
  readonly heading: string;
  readonly preheader: string;
  readonly body: string;
}

const words: { [T in ReturnTemplate]: (data: MailData[T], about: OfOrder) => Words } = {
  return_requested: () => ({
    heading: "We have your return.",
    preheader: "We look at it and answer by mail.",
    body: "We look at it and answer by mail. Please keep the goods until then.",
  }),
  return_approved: () => ({
    heading: "You can send it back.",
    preheader: "Your return is approved. How to send it stands on the order's page.",
    body: "Your return is approved. How and where to send it stands on the order's page.",
  }),
  return_rejected: () => ({
    heading: "We cannot take it back.",
    preheader: "Your return was not accepted.",
    body: "Your return was not accepted. If you see it differently, answer this mail.",
  }),
  return_received: () => ({
    heading: "Your return has arrived.",
    preheader: "Next comes the money.",
    body: "We look at it, then your money goes back the way that you paid it.",
  }),
  return_refunded: ({ amount, currency }, { store }) => ({
    heading:
      amount !== undefined && currency
        ? `${formatMoney(amount, currency, { locale: store.locale })} goes back to you.`
        : "Your return is refunded.",
    preheader: "The way that you paid it. Banks take a few days.",
    body: "It goes back the way that you paid it. Banks take up to ten days to show it.",
  }),
  return_expired: () => ({
    heading: "Your return is closed.",
    preheader: "The goods did not come in time.",
    body: "The goods did not come in time, so we closed it. If they are on their way, answer this mail.",
  }),
};

/** The mail of a return, without the reason why the reader gets it. */
export function returnMail<T extends ReturnTemplate>(
  template: T,
  data: MailData[T],
  about: OfOrder,
): Omit<Message, "reason"> {
  const { heading, preheader, body } = words[template](data, about);
  return {
    heading,
    preheader: `${about.order.number}: ${preheader}`,
    blocks: [
      text(body),
      ...(data.reason ? [quiet(data.reason)] : []),
      ...itemsOf(about.order, data.lines ?? about.returnItems),
      button("See the order", orderLink(about.order)),
    ],
  };
}
