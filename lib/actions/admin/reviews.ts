"use server";

import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { moderateInput, replyInput } from "@/lib/domain/reviews";
import { savedAt } from "@/lib/saved";
import * as reviews from "@/lib/services/reviews/moderate";

/** The list that the form stood in, without what it told last. */
const back = z
  .string()
  .regex(/^\/admin\/reviews(?:\?[\w=&%+.-]{0,300})?$/)
  .catch("/admin/reviews");

/** Publishes or rejects a review. */
export const moderateReview = action(
  moderateInput.extend({ back }),
  { who: "staff" },
  async (staff, { back: list, ...input }) => {
    const { tags } = await reviews.moderate(staff, input);
    for (const tag of tags) updateTag(tag);
    redirect(savedAt(staff, list, input.decision), RedirectType.replace);
  },
);

/** Answers a review in the owner's name. */
export const replyToReview = action(
  replyInput.extend({ back }),
  { who: "staff" },
  async (staff, { back: list, ...input }) => {
    const { tags } = await reviews.reply(staff, input);
    for (const tag of tags) updateTag(tag);
    redirect(savedAt(staff, list, input.reply ? "replied" : "unreplied"), RedirectType.replace);
  },
);
