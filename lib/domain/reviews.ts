/** Reviews: what their forms take in, how a list of them is cut and ordered, and what a moderator may decide. */
import { z } from "zod";
import { versionInput } from "./version";

export type ReviewStatus = "pending" | "published" | "rejected";

/** What a moderator may decide, and from where. An author's change leads back to `pending`. */
export const moderation = {
  publish: { from: ["pending", "rejected"], to: "published" },
  reject: { from: ["pending", "published"], to: "rejected" },
} as const satisfies Record<string, { from: readonly ReviewStatus[]; to: ReviewStatus }>;

export type Decision = keyof typeof moderation;

/** The decisions that are open in a status. */
export const decisionsFor = (status: ReviewStatus): Decision[] =>
  (Object.keys(moderation) as Decision[]).filter((each) =>
    (moderation[each].from as readonly ReviewStatus[]).includes(status),
  );

/** A person's words: lines may break, other control characters are none of a person's. */
const words = (most: number) =>
  z
    .string()
    .default("")
    .transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .refine((text) => text.length <= most, `At most ${most} characters.`)
    .refine((text) => !/[^\P{Cc}\n\t]|\p{Cs}/u.test(text), "Please leave out invisible characters.");

export const LONGEST_COMMENT = 4_000;

export const reviewInput = z.object({
  productId: z.uuid(),
  rating: z.coerce
    .number({ error: "Please choose one to five stars." })
    .int("Please choose one to five stars.")
    .min(1, "Please choose one to five stars.")
    .max(5, "Please choose one to five stars."),
  title: words(120).transform((text) => text.replace(/\s+/g, " ")),
  comment: words(LONGEST_COMMENT),
});

export type ReviewInput = z.output<typeof reviewInput>;

export const reviewIdInput = z.object({ reviewId: z.uuid() });

/** The list that a vote came from, to lead back to it where scripts are off. */
const list = z
  .string()
  .regex(/^\/reviews\/[a-z0-9-]{1,120}(?:\?[\w=&-]{0,120})?$/)
  .catch("/");

export const voteInput = z.object({
  reviewId: z.uuid(),
  /** What the vote shall be afterwards: repeating it changes nothing. */
  helpful: z.enum(["yes", "no"]).transform((vote) => vote === "yes"),
  back: list,
});

export const moderateInput = z.object({
  reviewId: z.uuid(),
  version: versionInput,
  decision: z.enum(["publish", "reject"]),
  /** Fingerprint of what the moderator read. */
  seen: z.string().max(64),
});

export const replyInput = z.object({ reviewId: z.uuid(), version: versionInput, reply: words(2_000) });

export const reviewSorts = ["helpful", "newest", "highest", "lowest"] as const;
export type ReviewSort = (typeof reviewSorts)[number];

export const reviewSortLabel: Record<ReviewSort, string> = {
  helpful: "most helpful",
  newest: "newest",
  highest: "highest",
  lowest: "lowest",
};

export interface ReviewChoice {
  /** 1 to 5; null: all. */
  readonly stars: number | null;
  readonly verified: boolean;
  readonly sort: ReviewSort;
  readonly page: number;
}

/** The choice that an address names; what it names wrongly counts as not named. */
export function reviewChoice(query: Readonly<Record<string, string | string[] | undefined>>): ReviewChoice {
  const one = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const stars = /^[1-5]$/.test(one("stars")) ? Number(one("stars")) : null;
  return {
    stars,
    verified: one("verified") === "1",
    sort: reviewSorts.find((sort) => sort === one("sort")) ?? "helpful",
    page: Math.min(1_000, Math.max(1, Math.trunc(Number(one("page"))) || 1)),
  };
}

/** The address of a product's list of reviews; what is the default is left out. */
export function reviewsPath(slug: string, choice: Partial<ReviewChoice> = {}): string {
  const query = new URLSearchParams();
  if (choice.stars) query.set("stars", String(choice.stars));
  if (choice.verified) query.set("verified", "1");
  if (choice.sort && choice.sort !== "helpful") query.set("sort", choice.sort);
  if (choice.page && choice.page > 1) query.set("page", String(choice.page));
  return query.size > 0 ? `/reviews/${slug}?${query}` : `/reviews/${slug}`;
}

/** The page on which a customer writes or changes their review of a product. */
export const writeReviewPath = (slug: string): string => `/account/reviews/${slug}`;

/** Where one review stands within a list. */
export const reviewAnchor = (reviewId: string): string => `review-${reviewId}`;
