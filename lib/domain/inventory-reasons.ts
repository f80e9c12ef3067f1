/** Inventory: why a count changes. Without zod, which must not come to the browser: it tries to evaluate code there. */

/** Why a count changes, as the list of products offers it. */
export const stockReasons = [
  "Counted on the shelf",
  "Delivery from the maker",
  "Damaged",
  "Lost",
  "Found again",
] as const;
