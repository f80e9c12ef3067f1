"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { reviewAnchor, reviewIdInput, reviewInput, voteInput } from "@/lib/domain/reviews";
import { vote } from "@/lib/services/reviews/vote";
import { remove, write } from "@/lib/services/reviews/write";
import { getClient } from "@/lib/session";

/** Writes or changes one's own review of a product. */
export const writeReview = action(reviewInput, { who: "user" }, async (user, input) => {
  await write(user, input);
  redirect("/account/reviews?done=written" as Route);
});

export const removeReview = action(reviewIdInput, { who: "user" }, async (user, input) => {
  await remove(user, input);
  redirect("/account/reviews?done=removed" as Route, RedirectType.replace);
});

/** Says whether a review helped. Without scripts the list of reviews is the answer. */
export const voteReview = action(
  voteInput,
  { visitor: true, limit: { name: "review-vote", limit: 120, seconds: 3_600 } },
  async (shopper, { back, ...input }, { nojs }) => {
    const voted = await vote(shopper, input, (await getClient()).ip);
    if (nojs) redirect(`${back}#${reviewAnchor(input.reviewId)}` as Route);
    return voted;
  },
);
