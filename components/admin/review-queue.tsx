import type { Route } from "next";
import { Day } from "@/components/accounts/day";
import { ActionForm } from "@/components/ui/action-form";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { Disclosure } from "@/components/ui/disclosure";
import { Textarea } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { Rating } from "@/components/ui/rating";
import { moderateReview, replyToReview } from "@/lib/actions/admin/reviews";
import { type Decision, decisionsFor, type ReviewStatus } from "@/lib/domain/reviews";
import type { ReviewRow } from "@/lib/queries/admin/reviews";

const words: Record<ReviewStatus, { label: string; tone: Tone }> = {
  pending: { label: "To read", tone: "ink" },
  published: { label: "Published", tone: "good" },
  rejected: { label: "Rejected", tone: "signal" },
};

const verbs: Record<Decision, string> = { publish: "Publish", reject: "Reject" };

/** Reviews with what can be decided about each, and the owner's answer. `back` is the list's own address. */
export function ReviewQueue({
  rows,
  timeZone,
  withOwner,
  back,
}: {
  rows: readonly ReviewRow[];
  timeZone: string;
  withOwner: boolean;
  back: string;
}) {
  return (
    <ul className="border-t">
      {rows.map((row) => (
        <li key={row.id} className="grid gap-3 border-b py-5 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-10">
          <article aria-labelledby={`of-${row.id}`} className="grid content-start gap-2">
            <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
              <h2
                id={`of-${row.id}`}
                className="font-text text-m font-semibold tracking-normal wrap-anywhere"
              >
                <Link
                  href={`/admin/products/${row.productId}` as Route}
                  className="underline-offset-4 hover:underline"
                >
                  {row.productName}
                </Link>
                {withOwner && <span className="font-normal text-quiet"> by {row.ownerName}</span>}
              </h2>
              <span className="text-s">
                <StatusDot tone={words[row.status].tone}>{words[row.status].label}</StatusDot>
              </span>
            </div>
            <p className="flex flex-wrap items-center gap-x-4 text-s text-quiet">
              <Rating value={row.rating} className="text-ink" />
              <span>
                {row.author}, <Day date={row.at} timeZone={timeZone} />
              </span>
              {row.isVerified && <span className="text-good">verified purchase</span>}
              {row.helpful > 0 && <span className="num">helped {row.helpful}</span>}
            </p>
            {row.title && <p className="font-semibold wrap-anywhere">{row.title}</p>}
            {row.comment ? (
              <p className="max-w-read whitespace-pre-line wrap-anywhere">{row.comment}</p>
            ) : (
              !row.title && <p className="text-quiet">Stars only.</p>
            )}
          </article>
          <div className="grid content-start gap-3">
            <ActionForm
              action={moderateReview}
              label={`Decide about ${row.author}'s review of ${row.productName}`}
            >
              <input type="hidden" name="reviewId" value={row.id} />
              <input type="hidden" name="seen" value={row.seen} />
              <input type="hidden" name="back" value={back} />
              <div className="flex flex-wrap gap-2">
                {decisionsFor(row.status).map((decision) => (
                  <SubmitButton key={decision} look="line" small name="decision" value={decision}>
                    <span>
                      {verbs[decision]}
                      <span className="sr-only">
                        {" "}
                        {row.author}'s review of {row.productName}
                      </span>
                    </span>
                  </SubmitButton>
                ))}
              </div>
            </ActionForm>
            <Disclosure title={row.reply ? "Your answer" : "Answer"}>
              <ActionForm key={row.reply} action={replyToReview} className="grid gap-3">
                <input type="hidden" name="reviewId" value={row.id} />
                <input type="hidden" name="back" value={back} />
                <Textarea
                  id={`reply-${row.id}`}
                  name="reply"
                  label="What everybody reads below it"
                  hint="Left empty, there is no answer."
                  optional
                  rows={4}
                  maxLength={2000}
                  defaultValue={row.reply ?? ""}
                />
                <SubmitButton look="line" small className="justify-self-start">
                  Keep the answer
                </SubmitButton>
              </ActionForm>
            </Disclosure>
          </div>
        </li>
      ))}
    </ul>
  );
}
