/** Sends the mails of the outbox, tries again what may succeed later, and puts back what an admin wants sent again. */
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { type MailParts, readMailParts } from "@/db/mail-parts";
import { now } from "@/db/schema/columns";
import { mail } from "@/db/schema/notifications";
import { withTx } from "@/db/tx";
import type { Admin, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { render } from "@/lib/mail/render";
import { type Delivery, type Letter, type Transport, transportTo } from "@/lib/mail/transport";
import * as audit from "@/lib/services/audit";
import { enqueueMail } from "./tell";

/** A refusal that trying again may help; the queue waits and tries again. */
export class NotYet extends Error {}

/**
 * Sends one mail that is queued; any other is left alone. Without a mail server it is kept. A server that refuses it
 * for good, or the last try, makes it `failed`.
 * @throws NotYet when it should be tried again.
 */
export async function send(
  _system: System,
  mailId: string,
  { isLastTry = false, transport = usual() }: { isLastTry?: boolean; transport?: Transport | null } = {},
): Promise<void> {
  const parts = await readMailParts(db, mailId);
  if (parts?.mail.status !== "queued") return;
  if (!transport) return settle(mailId, { status: "kept" });
  // Counted before it is sent: what may have gone out was tried.
  await db
    .update(mail)
    .set({ attempts: sql`${mail.attempts} + 1` })
    .where(eq(mail.id, mailId));
  const letter = letterOf(parts);
  const delivery: Delivery =
    letter instanceof Error
      ? { status: "refused", temporary: true, reason: letter.message }
      : await transport.deliver(letter);
  await settle(mailId, outcomeOf(delivery, isLastTry));
  if (delivery.status === "refused" && delivery.temporary && !isLastTry) throw new NotYet(delivery.reason);
}

/** The letter; an error where it cannot be written, which a later version of the shop may be able to. */
function letterOf(parts: MailParts): Letter | Error {
  try {
    return write(parts);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function write(parts: MailParts): Letter {
  const { subject, html, text, unsubscribe, replyTo } = render(parts);
  const { name, email } = parts.store;
  return {
    // From the mail's id: a server that gets it twice can see that it is the same.
    messageId: `<${parts.mail.id}@${new URL(env.SITE_URL).hostname}>`,
    from: { name, address: env.MAIL_FROM ?? email },
    replyTo: replyTo ?? email,
    to: parts.mail.toEmail,
    subject,
    html,
    text,
    headers: {
      "auto-submitted": "auto-generated",
      ...(unsubscribe
        ? { "list-unsubscribe": `<${unsubscribe}>`, "list-unsubscribe-post": "List-Unsubscribe=One-Click" }
        : {}),
    },
  };
}

const usual = (): Transport | null => (env.SMTP_URL ? transportTo(env.SMTP_URL) : null);

type Outcome = { status: "kept" } | { status: "sent" } | { status: "queued" | "failed"; lastError: string };

function outcomeOf(delivery: Delivery, isLastTry: boolean): Outcome {
  if (delivery.status === "sent") return { status: "sent" };
  const goesOn = delivery.temporary && !isLastTry;
  return { status: goesOn ? "queued" : "failed", lastError: delivery.reason };
}

async function settle(mailId: string, outcome: Outcome): Promise<void> {
  await db
    .update(mail)
    .set({
      lastError: null,
      ...outcome,
      ...(outcome.status === "sent" ? { sentAt: now as unknown as Date } : {}),
    })
    .where(and(eq(mail.id, mailId), eq(mail.status, "queued")));
}

/** Puts a mail that was kept or failed back into the queue. @throws ShopError not_found, illegal_transition */
export async function resend(admin: Admin, { mailId }: { mailId: string }): Promise<void> {
  await withTx(async (tx) => {
    const [row] = await tx.select().from(mail).where(eq(mail.id, mailId)).for("update");
    if (!row) throw new ShopError("not_found", { what: "mail" });
    if (row.status !== "kept" && row.status !== "failed")
      throw new ShopError("illegal_transition", { machine: "mail", from: row.status, to: "queued" });
    await tx.update(mail).set({ status: "queued", lastError: null }).where(eq(mail.id, mailId));
    await enqueueMail(tx, mailId);
    await audit.write(tx, admin, {
      action: "mail.resend",
      subject: "mail",
      subjectId: mailId,
      before: { status: row.status },
      after: { status: "queued" },
    });
  });
}
