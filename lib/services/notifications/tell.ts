/** Tells people: a mail into the outbox or a notification in the shop, in the transaction that causes it, once. */
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { mail, notifications } from "@/db/schema/notifications";
import { isErased } from "@/lib/domain/erased";
import { type MailData, type MailTemplate, subjectOf } from "@/lib/mail/messages";
import { enqueue } from "@/lib/queue";

declare module "@/lib/queue" {
  interface Jobs {
    "mail.send": { mailId: string };
  }
}

export interface NewMail<T extends MailTemplate> {
  readonly template: T;
  /** What happened: an event's id, or words that name it. One template goes out for it once to one address. */
  readonly dedupe: string;
  readonly email: string;
  readonly data: MailData[T];
  readonly orderId?: string | null;
}

/**
 * Puts a mail into the outbox and enqueues its sending. Answers its id; undefined when it was told before or its reader was erased. Where an
 * order is named, its lines and totals are part of the message.
 */
export async function mailTo<T extends MailTemplate>(
  tx: Tx,
  { template, dedupe, email, data, orderId = null }: NewMail<T>,
): Promise<string | undefined> {
  if (isErased(email)) return undefined;
  const [row] = await tx
    .insert(mail)
    .values({
      id: newId(),
      template,
      toEmail: email,
      subject: subjectOf(template, data),
      data: { ...data },
      dedupeKey: `${template}:${dedupe}:${email.toLowerCase()}`,
      orderId,
    })
    .onConflictDoNothing({ target: mail.dedupeKey })
    .returning({ id: mail.id });
  if (row) await enqueueMail(tx, row.id);
  return row?.id;
}

/** Tries of one mail: the queue's growing pauses spread them over about two days. */
const TRIES = 20;

/** Adds the job that sends a mail which is queued. A job that waits for it already is replaced. */
export async function enqueueMail(tx: Tx, mailId: string): Promise<void> {
  await enqueue(tx, "mail.send", { mailId }, { key: `mail:${mailId}`, maxAttempts: TRIES });
}

export interface NewNotification {
  readonly userId: string;
  /** What it is about: "order", "stock", "payout", "review", "payment". */
  readonly type: string;
  readonly title: string;
  readonly message: string;
  /** The page to open, from "/" on. */
  readonly link?: string | null;
  readonly dedupe: string;
}

/** Writes a notification into somebody's list; the same `dedupe` for the same person is written once. */
export async function notify(
  tx: Tx,
  { userId, type, title, message, link = null, dedupe }: NewNotification,
): Promise<void> {
  await tx
    .insert(notifications)
    .values({ id: newId(), userId, type, title, message, link, dedupeKey: dedupe })
    .onConflictDoNothing({ target: [notifications.userId, notifications.dedupeKey] });
}

/** Takes what was taken back out of somebody's list again, unless it was read. `begins`: the start of its `dedupe`. */
export async function withdraw(
  tx: Tx,
  { userId, begins }: { userId: string | null; begins: string },
): Promise<void> {
  if (!userId) return;
  await tx
    .delete(notifications)
    .where(
      and(
        eq(notifications.userId, userId),
        isNull(notifications.readAt),
        sql`starts_with(${notifications.dedupeKey}, ${begins})`,
      ),
    );
}
