import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { writeReview } from "@/lib/actions/reviews";
import { LONGEST_COMMENT } from "@/lib/domain/reviews";
import type { ReviewDraft } from "@/lib/queries/own-reviews";
import { StarField } from "./star-field";

/** Writes a review or changes the one that is there. */
export function ReviewForm({ draft }: { draft: ReviewDraft }) {
  const { own } = draft;
  return (
    <ActionForm action={writeReview} className="grid max-w-form gap-5" label="Your review">
      <input type="hidden" name="productId" value={draft.productId} />
      <StarField defaultValue={own?.rating} />
      <TextInput name="title" label="In a few words" optional maxLength={120} defaultValue={own?.title} />
      <Textarea
        name="comment"
        label="What is it like"
        hint="What you use it for, what surprised you, what you would tell a friend."
        optional
        rows={7}
        maxLength={LONGEST_COMMENT}
        defaultValue={own?.comment}
      />
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <SubmitButton>{own ? "Save the change" : "Send the review"}</SubmitButton>
        <LinkButton look="quiet" href={"/account/reviews" as Route}>
          Cancel
        </LinkButton>
      </div>
    </ActionForm>
  );
}
