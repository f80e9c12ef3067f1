"use client";

import { useActionState } from "react";
import { IDLE } from "@/components/ui/form-state";
import type { ActionState } from "@/lib/action";
import { voteReview } from "@/lib/actions/reviews";
import type { Voted } from "@/lib/services/reviews/vote";

/** Says that a review helped; pressed again, takes it back. Sends what shall be, so pressing twice is no harm. */
export function VoteForm({
  reviewId,
  count: before,
  isVoted,
  back,
}: {
  reviewId: string;
  count: number;
  isVoted: boolean;
  back: string;
}) {
  const [state, submit, pending] = useActionState<ActionState<Voted>, FormData>(voteReview, IDLE);
  const { helpful, count } = state.data ?? { helpful: isVoted, count: before };
  return (
    <form action={submit} className="flex flex-wrap items-center gap-x-3 text-s">
      <input type="hidden" name="reviewId" value={reviewId} />
      <input type="hidden" name="helpful" value={helpful ? "no" : "yes"} />
      <input type="hidden" name="back" value={back} />
      <button
        type="submit"
        aria-pressed={helpful}
        aria-disabled={pending || undefined}
        className="link min-h-6 aria-pressed:font-semibold aria-pressed:no-underline"
      >
        Helpful
      </button>
      <span className="num text-quiet" aria-live="polite">
        {state.status === "error" ? state.message : count > 0 && `${count} found it helpful`}
      </span>
    </form>
  );
}
