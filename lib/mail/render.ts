/** Writes a mail: from what it is made of to subject, HTML and text. Pure, for sending it and for showing it alike. */
import type { MailParts } from "@/db/mail-parts";
import type { Message } from "./blocks";
import { drawHtml, type Frame } from "./html";
import { absolute } from "./links";
import type { MailData, MailTemplate } from "./messages";
import { type AccountTemplate, accountMails } from "./of-accounts";
import { type OrderTemplate, orderMails } from "./of-orders";
import { type ReturnTemplate, returnMail } from "./of-returns";
import { type StaffTemplate, staffMails } from "./of-staff";
import { drawText } from "./text";

export interface Written {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Where one click ends mails of this kind. */
  readonly unsubscribe?: string | undefined;
  /** Who gets an answer to it, where that is not the shop. */
  readonly replyTo?: string | undefined;
}

/**
 * The mail as its reader gets it. `withoutSecrets` takes the secret out of links that prove who somebody is.
 * @throws Error for a template that is not known, and for an order's mail whose order is gone.
 */
export function render(parts: MailParts, { withoutSecrets = false } = {}): Written {
  const { store, mail } = parts;
  const message = messageOf(parts, withoutSecrets);
  const frame: Frame = {
    shop: store.name,
    home: absolute("/"),
    links: [
      { label: "Shipping and returns", href: absolute("/shipping-and-returns") },
      { label: "Contact", href: absolute("/contact") },
    ],
    locale: store.locale,
  };
  return {
    subject: mail.subject,
    html: drawHtml(message, frame),
    text: drawText(message, frame),
    unsubscribe: message.unsubscribe,
    replyTo: mail.template === "contact_message" ? String(mail.data.email) : undefined,
  };
}

function messageOf(parts: MailParts, withoutSecrets: boolean): Message {
  const { template, data } = parts.mail;
  const { store } = parts;
  if (isOne(staffMails, template))
    return {
      ...staffMail(template, data, parts),
      reason: `You get this because you sell or work at ${store.name}.`,
    };
  if (isOne(accountMails, template))
    return {
      ...accountMail(template, data, parts, withoutSecrets),
      reason: `You get this because of your account or what you asked of ${store.name}. Answers reach us: ${store.email}.`,
    };
  const about = `Order ${parts.order?.number ?? ""}`;
  const reason = `You get this because you ordered at ${store.name}. Questions? Answer this mail or write to ${store.email}.`;
  if (isOne(orderMails, template)) return { ...orderMail(template, data, parts), about, reason };
  if (template.startsWith("return_"))
    return {
      // mailTo wrote the data of this template, so the types hold.
      ...returnMail(template as ReturnTemplate, data as unknown as MailData[ReturnTemplate], ofOrder(parts)),
      about,
      reason,
    };
  throw new Error(`no mail is called ${template}`);
}

function isOne<T extends MailTemplate>(known: Record<T, unknown>, template: string): template is T {
  return Object.hasOwn(known, template);
}

// The row's data was written by mailTo for this very template; JSON keeps its shape but not its type.
function staffMail<T extends StaffTemplate>(template: T, data: MailParts["mail"]["data"], parts: MailParts) {
  return staffMails[template](data as unknown as MailData[T], parts);
}

function accountMail<T extends AccountTemplate>(
  template: T,
  data: MailParts["mail"]["data"],
  { store, picture }: MailParts,
  withoutSecrets: boolean,
) {
  return accountMails[template](data as unknown as MailData[T], { store, picture, withoutSecrets });
}

function orderMail<T extends OrderTemplate>(template: T, data: MailParts["mail"]["data"], parts: MailParts) {
  return orderMails[template](data as unknown as MailData[T], ofOrder(parts));
}

function ofOrder(parts: MailParts) {
  const { order } = parts;
  if (!order) throw new Error("the order of this mail is gone");
  return { ...parts, order };
}
