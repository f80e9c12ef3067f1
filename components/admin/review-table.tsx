import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Textarea } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { Rating } from "@/components/ui/rating";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { VersionField } from "@/components/ui/version-field";
import { replyToReview } from "@/lib/actions/admin/reviews";
import { decisionsFor } from "@/lib/domain/reviews";
import type { ReviewRow } from "@/lib/queries/admin/reviews";
import { When } from "./cells";
import { ReviewDecide, ReviewState } from "./review-decide";

/** The columns of the list that may be hidden. */
export const reviewColumns = [
  { key: "author", label: "Author" },
  { key: "stars", label: "Stars" },
  { key: "state", label: "State" },
  { key: "when", label: "Written" },
] as const;

/** Reviews with what can be decided about each, and the owner's answer. `back` is the list's own address. */
export function ReviewTable({
  rows,
  now,
  timeZone,
  withOwner,
  back,
  cols,
  sorting,
}: {
  rows: readonly ReviewRow[];
  now: Date;
  timeZone: string;
  withOwner: boolean;
  back: string;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<ReviewRow>[] = [
    {
      key: "review",
      head: "Product",
      sort: "product",
      phone: "all",
      cell: (row) => <Words row={row} withOwner={withOwner} />,
    },
    {
      key: "author",
      head: "Author",
      sort: "author",
      phone: "none",
      wide: true,
      cell: (row) => <Author row={row} />,
    },
    {
      key: "stars",
      head: "Stars",
      sort: "stars",
      phone: "meta",
      cell: ({ rating }) => <Rating value={rating} className="text-ink" />,
    },
    {
      key: "state",
      head: "State",
      phone: "metaEnd",
      cell: ({ status }) => <ReviewState status={status} />,
    },
    {
      key: "when",
      head: "Written",
      sort: "when",
      sortFirst: "desc",
      phone: "none",
      wide: true,
      cell: ({ at }) => <When at={at} now={now} timeZone={timeZone} />,
    },
    {
      key: "decide",
      head: "Decide",
      phone: "all",
      cell: (row) => <Decide row={row} back={back} />,
    },
  ];
  return (
    <Table
      caption="Reviews"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: reviewColumns.map(({ key }) => key) }}
      tall
    />
  );
}

function Words({ row, withOwner }: { row: ReviewRow; withOwner: boolean }) {
  return (
    <div className="grid max-w-read gap-1 wrap-anywhere">
      <p className="font-semibold">
        <Link
          href={`/admin/products/${row.productId}` as Route}
          className="inline-flex min-h-6 items-center underline-offset-4 hover:underline"
        >
          {row.productName}
        </Link>
        {withOwner && <span className="font-normal text-quiet"> by {row.ownerName}</span>}
      </p>
      {row.title && <p className="font-normal text-ink">“{row.title}”</p>}
      {row.comment && <p className="font-normal whitespace-pre-line text-quiet">{row.comment}</p>}
      {!row.title && !row.comment && <p className="font-normal text-quiet">Stars only.</p>}
      <div className="lg:hidden">
        <Author row={row} />
      </div>
    </div>
  );
}

function Author({ row: { author, isVerified, helpful } }: { row: ReviewRow }) {
  return (
    <div className="grid font-normal max-lg:flex max-lg:flex-wrap max-lg:items-baseline max-lg:gap-x-3">
      <span className="max-lg:text-s max-lg:text-quiet lg:whitespace-nowrap">{author}</span>
      {isVerified && <span className="text-s whitespace-nowrap text-good">verified purchase</span>}
      {helpful > 0 && <span className="num text-s text-quiet">helped {helpful}</span>}
    </div>
  );
}

function Decide({ row, back }: { row: ReviewRow; back: string }) {
  const about = `${row.author}'s review of ${row.productName}`;
  return (
    <div className="flex flex-wrap items-start gap-x-2 max-md:mt-2 md:w-56 xl:w-72">
      <ReviewDecide row={row} decisions={decisionsFor(row.status)} about={about} back={back} />
      <details className="open:basis-full">
        <summary className="link inline-flex min-h-target items-center text-s">
          {row.reply ? "Your answer" : "Answer"}
        </summary>
        <ActionForm action={replyToReview} className="mt-2 grid gap-3">
          <input type="hidden" name="reviewId" value={row.id} />
          <VersionField version={row.version} />
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
      </details>
    </div>
  );
}
