/** Discounts as a form tells them: everything as typed, read by services/discounts-by-hand with the store's own units. */
import { z } from "zod";
import type { Direction } from "./back-office";
import { versionInput } from "./version";

const typed = (most: number) => z.string().trim().max(most).default("");
const list = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => [value].flat());

export const typedDiscount = z.object({
  /** None: a new one. */
  discountId: z.uuid().optional(),
  version: versionInput.optional(),
  title: typed(200),
  code: typed(60),
  kind: typed(20),
  value: typed(30),
  membershipTierId: typed(60),
  minSubtotal: typed(30),
  totalLimit: typed(12),
  perCustomerLimit: typed(12),
  startsAt: typed(30),
  endsAt: typed(30),
  isActive: z.string().optional(),
  categoryIds: list,
  productIds: list,
  /** More products, one a line: a SKU, an address or a name. */
  goods: typed(10_000),
});
export type TypedDiscount = z.output<typeof typedDiscount>;

/** How many kinds of goods one try may hold. */
export const TRIAL_LINES = 4;

export const typedTrial = z.object({
  code: typed(60),
  lines: z.array(z.object({ goods: typed(160), quantity: typed(6) })).max(TRIAL_LINES),
  email: typed(254),
  country: typed(2),
  region: typed(80),
});
export type TypedTrial = z.output<typeof typedTrial>;

export const discountViews = ["all", "running", "scheduled", "over"] as const;
export type DiscountView = (typeof discountViews)[number];

export const discountViewLabel: Record<DiscountView, string> = {
  all: "All",
  running: "Running",
  scheduled: "To come",
  over: "Over",
};

/** The first: by when it began to hold. */
export const discountSorts = ["dates", "title", "uses"] as const;
export type DiscountSort = (typeof discountSorts)[number];

export const discountDirection: Record<DiscountSort, Direction> = {
  dates: "desc",
  title: "asc",
  uses: "desc",
};

/** Where a discount stands now. */
export type DiscountState = "running" | "scheduled" | "ended" | "used_up" | "off";

export const discountStateLabel: Record<DiscountState, string> = {
  running: "Running",
  scheduled: "To come",
  ended: "Ended",
  used_up: "Used up",
  off: "Switched off",
};

export const discountKindLabel: Record<"percentage" | "fixed" | "free_shipping", string> = {
  percentage: "Per cent off",
  fixed: "An amount off",
  free_shipping: "Free shipping",
};
