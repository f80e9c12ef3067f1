/** Taking back a decision about a review, and an answer to it. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { reviews } from "@/db/schema/reviews";
import type { Staff } from "@/lib/domain/actors";
import type { ReviewStatus } from "@/lib/domain/reviews";
import { putReplyBack, putStatusBack } from "@/lib/services/reviews/put-back";
import type { Reversible } from "./reversible";

async function read(tx: Tx, id: string) {
  const [row] = await tx.select().from(reviews).where(eq(reviews.id, id));
  return row && { version: 0, fields: row };
}

export const decisionReverts: Reversible<Staff> = {
  read,
  async apply(staff, { id, fields, from }) {
    const change = { from: from.status as ReviewStatus, to: fields.status as ReviewStatus };
    return (await putStatusBack(staff, { reviewId: id, ...change })).tags;
  },
};

export const replyReverts: Reversible<Staff> = {
  read,
  async apply(staff, { id, fields, from }) {
    const reply = (fields.reply ?? null) as string | null;
    const repliedAt = reply !== null && fields.repliedAt ? new Date(String(fields.repliedAt)) : null;
    const change = { from: (from.reply ?? null) as string | null, to: { reply, repliedAt } };
    return (await putReplyBack(staff, { reviewId: id, ...change })).tags;
  },
};
