// @ts-check
/** First path segments of the pages that are rendered for one person and one request. */

/**
 * `proxy.ts` repeats them as literals (Next reads its matcher without running it); a test keeps the two equal.
 */
export const DYNAMIC_SEGMENTS = /** @type {const} */ ([
  "account",
  "admin",
  "alerts",
  "browse",
  "cart",
  "checkout",
  "contact",
  "forgot-password",
  "orders",
  "reset-password",
  "returns",
  "reviews",
  "search",
  "sign-in",
  "sign-out",
  "sign-up",
  "verify-email",
  "wishlist",
]);
