"use client";

import { useOptimistic } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { moderateReview } from "@/lib/actions/admin/reviews";
import type { Decision, ReviewStatus } from "@/lib/domain/reviews";
import type { ReviewRow } from "@/lib/queries/admin/reviews";

const words: Record<ReviewStatus, { label: string; tone: Tone }> = {
  pending: { label: "To read", tone: "ink" },
  published: { label: "Published", tone: "good" },
  rejected: { label: "Rejected", tone: "signal" },
};

// What a decision makes of a review is told here again: the rules themselves stay on the server.
const deeds: Record<Decision, { verb: string; to: ReviewStatus }> = {
  publish: { verb: "Publish", to: "published" },
  reject: { verb: "Reject", to: "rejected" },
};

/** How a review stands, in words. */
export function ReviewState({ status }: { status: ReviewStatus }) {
  return (
    <span className="whitespace-nowrap">
      <StatusDot tone={words[status].tone}>{words[status].label}</StatusDot>
    </span>
  );
}

/** What can be decided about a review. What was chosen stands in the place of the buttons at once. */
export function ReviewDecide({
  row,
  decisions,
  about,
  back,
}: {
  row: ReviewRow;
  decisions: readonly Decision[];
  about: string;
  back: string;
}) {
  const [decided, decide] = useOptimistic<ReviewStatus | null>(null);
  return (
    <ActionForm
      action={moderateReview}
      expect={(form) => {
        const chosen = decisions.find((each) => each === form.get("decision"));
        if (chosen) decide(deeds[chosen].to);
      }}
      label={`Decide about ${about}`}
    >
      <input type="hidden" name="reviewId" value={row.id} />
      <VersionField version={row.version} />
      <input type="hidden" name="seen" value={row.seen} />
      <input type="hidden" name="back" value={back} />
      {decided ? (
        <p role="status" className="flex min-h-target items-center">
          <ReviewState status={decided} />
        </p>
      ) : (
        <div className="flex flex-wrap gap-2">
          {decisions.map((decision) => (
            <SubmitButton key={decision} look="line" small name="decision" value={decision}>
              <span>
                {deeds[decision].verb}
                <span className="sr-only"> {about}</span>
              </span>
            </SubmitButton>
          ))}
        </div>
      )}
    </ActionForm>
  );
}
