/** Sends a mail of an order once more: a new row in the outbox, so that the log shows both. */
import { and, eq, isNotNull } from "drizzle-orm";
import { newId } from "@/db/id";
import { mail } from "@/db/schema/notifications";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { isErased } from "@/lib/domain/erased";
import { ShopError } from "@/lib/domain/errors";
import * as audit from "@/lib/services/audit";
import { once, type RequestKey } from "@/lib/services/once";
import { enqueueMail } from "./tell";

/**
 * The same mail to the same address. One that waits in the outbox goes out anyway.
 * @throws ShopError not_found for mail of no order and of people who were erased, illegal_transition while it waits
 */
export async function sendAgain(
  admin: Admin,
  { mailId, key }: { readonly mailId: string; readonly key?: RequestKey },
): Promise<void> {
  await withTx((tx) =>
    once(tx, admin, `mail_again:${mailId}`, key, async () => {
      const [row] = await tx
        .select()
        .from(mail)
        .where(and(eq(mail.id, mailId), isNotNull(mail.orderId)))
        .for("update");
      if (!row || isErased(row.toEmail)) throw new ShopError("not_found", { what: "mail" });
      if (row.status === "queued")
        throw new ShopError("illegal_transition", { machine: "mail", from: row.status, to: "queued" });
      const id = newId();
      const { template, toEmail, subject, data, orderId } = row;
      const copy = { template, toEmail, subject, data, orderId };
      await tx.insert(mail).values({ id, ...copy, dedupeKey: `${row.dedupeKey}:again:${id}` });
      await enqueueMail(tx, id);
      await audit.write(tx, admin, {
        action: "mail.again",
        subject: "mail",
        subjectId: id,
        before: {},
        after: { of: mailId, template },
      });
      return null;
    }),
  );
}
