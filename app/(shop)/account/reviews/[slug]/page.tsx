import type { Metadata, Route } from "next";
import { NotHere } from "@/components/layout/not-here";
import { ReviewForm } from "@/components/reviews/review-form";
import { Link } from "@/components/ui/link";
import { backdropOf, Picture } from "@/components/ui/picture";
import { isSlug, mediaPath, productPath } from "@/lib/domain/catalog";
import { writeReviewPath } from "@/lib/domain/reviews";
import { getReviewDraft } from "@/lib/queries/own-reviews";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Your review", robots: { index: false } };

export default async function WriteReviewPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  if (!isSlug(slug)) return <NotHere />;
  const user = await requireUser(writeReviewPath(slug));
  const draft = await getReviewDraft(user, slug);
  if (!draft) return <NotHere />;
  return (
    <>
      <h1 className="text-xl">{draft.own ? "Your review" : "Write a review"}</h1>
      <p className="my-8 flex items-center gap-4">
        <Picture
          src={draft.imageKey && mediaPath(draft.imageKey)}
          alt=""
          sizes="5rem"
          backdrop={backdropOf(draft.imageBackdrop)}
          className="w-16 shrink-0"
        />
        {draft.isActive ? (
          <Link
            className="font-semibold underline-offset-4 hover:underline wrap-anywhere"
            href={productPath(slug) as Route}
          >
            {draft.name}
          </Link>
        ) : (
          <span className="font-semibold wrap-anywhere">{draft.name}</span>
        )}
      </p>
      {draft.isSeller ? (
        <p className="max-w-read text-quiet">
          You sell this piece yourself. What is said of it is for others to say.
        </p>
      ) : (
        <>
          {draft.own?.status === "published" && (
            <p className="mb-6 max-w-read text-quiet">
              It is published. Once you change it, we read it again before it is shown.
            </p>
          )}
          <ReviewForm draft={draft} />
        </>
      )}
    </>
  );
}
