/** The demo shop's data as the seed reads it: plain values, no database types, every amount in its smallest unit. */
import type { PictureSpec, View } from "@/db/seed/art/spec";

/** Backdrop tokens of the storefront's style sheet: a cut-out picture stands on one of them in both themes. */
export const backdrops = ["cobalt", "vermilion", "saffron", "moss", "plum", "stone"] as const;
export type Backdrop = (typeof backdrops)[number];

export interface DemoCategory {
  /** Unique last part of the address, e.g. `cushions`. */
  slug: string;
  /** Slug of the parent, or null at the top. Parents come before their children. */
  parent: string | null;
  name: string;
  description: string;
  position: number;
}

export interface DemoOwner {
  slug: string;
  name: string;
  email: string;
  username: string;
  firstName: string;
  lastName: string;
  about: string;
}

export interface DemoAddress {
  label: string;
  name: string;
  line1: string;
  line2: string | null;
  postalCode: string;
  city: string;
  region: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
  phone: string | null;
}

export interface DemoCustomer {
  email: string;
  username: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  /** The first is the default for shipping and billing. */
  addresses: DemoAddress[];
}

export interface DemoPicture {
  /** Unique in the whole catalogue, usable as a storage key stem, e.g. `grating-cushion/vermilion-front`. */
  key: string;
  spec: PictureSpec;
  view: View;
  alt: string;
  backdrop: Backdrop;
  position: number;
  /** Exactly one per product. */
  primary: boolean;
  /** Draw before the shop opens (one per product); the rest may follow by job. */
  eager: boolean;
  /** SKUs this picture shows; empty means every variant. */
  skus: string[];
}

export interface DemoOption {
  name: string;
  values: { value: string /** CSS colour for a swatch, colours only. */; swatch: string | null }[];
}

export interface DemoVariant {
  sku: string;
  /** `Vermilion / 50 × 50 cm`, or `Default` for a product without options. */
  title: string;
  /** Option name to value; empty for a product without options. */
  options: Record<string, string>;
  /** EUR cents, tax included. */
  price: number;
  /** EUR cents, above `price`, or null. */
  compareAt: number | null;
  /** Grams. */
  weight: number;
  /** What is in it, for the price of a measure, or null. */
  holds: readonly [amount: number, unit: string] | null;
  /** EAN-13 with a valid check digit (prefix 2: for use inside a shop). */
  barcode: string;
  /** Units on hand at the start; some low, some 0. */
  stock: number;
  lowStockThreshold: number;
  /** `DemoPicture.key` of the picture shown for this variant. */
  picture: string;
}

export interface DemoProduct {
  slug: string;
  name: string;
  /** One line: material and measure. */
  subtitle: string;
  /** Plain text; paragraphs parted by a blank line. */
  description: string;
  /** Slug of the primary category. */
  category: string;
  tags: string[];
  /** Slug of the owner. */
  owner: string;
  featured: boolean;
  /** Days before the day of seeding, 2 to 365. */
  createdDaysAgo: number;
  options: DemoOption[];
  variants: DemoVariant[];
  pictures: DemoPicture[];
}

export interface DemoReview {
  /** Public handle; a demo customer's username for some, otherwise a reviewer of `reviewers`. */
  handle: string;
  rating: 1 | 2 | 3 | 4 | 5;
  title: string | null;
  comment: string | null;
  /** Days before the day of seeding, never before the product existed. */
  daysAgo: number;
}
