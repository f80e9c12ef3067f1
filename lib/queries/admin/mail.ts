/** The mail log of the back office: a list, and one mail as its reader gets it. For admins only. */
import { z } from "zod";
import { db, sql } from "@/db/client";
import { type MailParts, type MailStatus, readMailParts } from "@/db/mail-parts";
import type { Admin } from "@/lib/domain/actors";
import { type Direction, type MailSort, type MailView, mailDirection } from "@/lib/domain/back-office";
import { env } from "@/lib/env";
import { render } from "@/lib/mail/render";
import { contains, limited, type Page, pagesOf, wayOf } from "./scope";

export interface MailItem {
  readonly id: string;
  readonly status: MailStatus;
  readonly template: string;
  readonly toEmail: string;
  readonly subject: string;
  readonly createdAt: Date;
  readonly orderNumber: string | null;
}

export interface MailQuery extends Page {
  /** Part of an address, a subject or an order's number. */
  readonly search: string;
  readonly view: MailView;
  readonly sort: MailSort;
  readonly dir?: Direction | "";
}

/** One page of mails, with how many each view holds. */
export async function listMail(_admin: Admin, query: MailQuery) {
  const found = query.search
    ? sql`(${contains(sql`m.to_email`, query.search)} or ${contains(sql`m.subject`, query.search)}
        or ${contains(sql`coalesce(o.number, '')`, query.search)})`
    : sql`true`;
  const inView = query.view === "all" ? sql`true` : sql`m.status = ${query.view}`;
  const way = wayOf(query, mailDirection);
  const by = { when: sql`m.created_at`, subject: sql`lower(m.subject)`, to: sql`lower(m.to_email)` }[
    query.sort
  ];
  const order = sql`${by} ${way}, m.id ${way}`;
  const [rows, counted] = await Promise.all([
    sql<(Omit<MailItem, "createdAt"> & { createdAt: string })[]>`
      select m.id, m.status, m.template, m.to_email as "toEmail", m.subject, m.created_at as "createdAt",
        o.number as "orderNumber"
      from mail m left join orders o on o.id = m.order_id
      where ${found} and ${inView} order by ${order} ${limited(query)}`,
    sql<{ status: MailStatus; count: number }[]>`
      select m.status, count(*)::int as count from mail m left join orders o on o.id = m.order_id
      where ${found} group by m.status`,
  ]);
  const counts: Record<MailView, number> = { all: 0, queued: 0, kept: 0, sent: 0, failed: 0 };
  for (const { status, count } of counted) {
    counts[status] = count;
    counts.all += count;
  }
  return {
    rows: rows.map((row): MailItem => ({ ...row, createdAt: new Date(row.createdAt) })),
    counts,
    pages: pagesOf(counts[query.view], query),
    /** Whether there is a mail server at all. */
    isSending: Boolean(env.SMTP_URL),
  };
}

export interface MailPage extends MailItem {
  readonly attempts: number;
  readonly lastError: string | null;
  readonly sentAt: Date | null;
  readonly html: string;
  readonly text: string;
  /** Links in it prove who somebody is and are shown without their secret. */
  readonly hasSecrets: boolean;
  readonly canResend: boolean;
}

/** What cannot be written can be looked at all the same: why is what an admin wants to know. */
function written(parts: MailParts, withoutSecrets: boolean): { html: string; text: string } {
  try {
    return render(parts, { withoutSecrets });
  } catch (error) {
    const text = `This mail cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    return { html: "", text };
  }
}

const WITH_SECRETS = new Set(["welcome", "verify_email", "reset_password", "staff_invited"]);

/**
 * One mail; null for unknown ones. Links that prove who somebody is lose their secret, unless the mail was kept: where
 * nothing is sent, the back office is the only mailbox there is.
 */
export async function getMail(_admin: Admin, id: string): Promise<MailPage | null> {
  const parts = z.uuid().safeParse(id).success ? await readMailParts(db, id) : null;
  if (!parts) return null;
  const { mail, order } = parts;
  const withoutSecrets = mail.status !== "kept";
  const { html, text } = written(parts, withoutSecrets);
  return {
    ...mail,
    createdAt: new Date(mail.createdAt),
    sentAt: mail.sentAt ? new Date(mail.sentAt) : null,
    orderNumber: order?.number ?? null,
    html,
    text,
    hasSecrets: withoutSecrets && WITH_SECRETS.has(mail.template),
    canResend: mail.status === "kept" || mail.status === "failed",
  };
}
