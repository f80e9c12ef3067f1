// @ts-check
/**
 * Where the servers of Google and GitHub are in tests: what the shop asks them goes to a stand-in instead
 * (sign-in-providers.ts). A server of its own is told with `NODE_OPTIONS="--import …/far-side.mjs"` and `FAR_SIDE`.
 */

const FAR =
  /^https:\/\/((?:accounts\.google|oauth2\.googleapis|openidconnect\.googleapis|github|api\.github)\.com)\//;

/**
 * The same `fetch`, with the hosts of the providers found at `base`, each under a path of its own.
 * @param {string} base
 * @param {typeof fetch} real
 * @returns {typeof fetch}
 */
export const leadTo = (base, real) => (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  return FAR.test(url) ? real(url.replace(FAR, `${base}/$1/`), init) : real(input, init);
};

if (process.env.FAR_SIDE) globalThis.fetch = leadTo(process.env.FAR_SIDE, globalThis.fetch);
