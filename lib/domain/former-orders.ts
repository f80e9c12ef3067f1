/** Orders of the former shop: how they are listed, and their states in words. */

export const formerSorts = ["placed", "total", "number"] as const;
export type FormerSort = (typeof formerSorts)[number];

/** Where the address names no direction. */
export const formerDirection: Record<FormerSort, "asc" | "desc"> = {
  placed: "desc",
  total: "desc",
  number: "desc",
};

export const formerViews = ["all", "open", "refunded", "cancelled"] as const;
export type FormerView = (typeof formerViews)[number];

export const formerViewLabel: Record<FormerView, string> = {
  all: "All",
  open: "Not sent",
  refunded: "Given back",
  cancelled: "Cancelled",
};

interface States {
  readonly financialStatus: string;
  readonly fulfilmentStatus: string;
  readonly cancelledAt: Date | null;
}

const SENT: Readonly<Record<string, string>> = {
  fulfilled: "sent",
  partial: "partly sent",
  unfulfilled: "not sent",
};

/** How it ended in the former shop: "Partially refunded, sent". A state that we do not know stays as it is written. */
export function formerStateText({ financialStatus, fulfilmentStatus, cancelledAt }: States): string {
  const parts = [
    cancelledAt ? "cancelled" : "",
    financialStatus.replaceAll("_", " "),
    SENT[fulfilmentStatus] ?? fulfilmentStatus.replaceAll("_", " "),
  ].filter(Boolean);
  const text = [...new Set(parts)].join(", ");
  return text === "" ? "–" : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Sums in the currencies they are in, the largest number of orders first. */
export interface FormerValue {
  readonly currency: string;
  /** Minor units: paid, less what was given back. */
  readonly value: number;
}
