// @ts-check
/** Whether a request was sent by a page of this shop, and by which names the shop goes. */

/**
 * Is this an address that others can reach?
 * @param {string} siteUrl
 * @returns {boolean}
 */
export function isPublic(siteUrl) {
  return !/^(?:localhost|127(?:\.\d+){3}|\[::1\]|.*\.(?:localhost|test))$/.test(new URL(siteUrl).hostname);
}

/** Names that no stranger can own: addresses, machines of this network. A port may follow. */
const NEAR =
  /^(?:[\w-]+|\d+(?:\.\d+){3}|\[[\da-f:]+\]|[\w.-]+\.(?:localhost|test|local|lan|internal))(?::\d+)?$/i;

/**
 * The configured address. A shop that nobody else can reach answers to the name that this browser used, too, if it is
 * a near one (localhost and 127.0.0.1 are the same machine); a public one never believes a header about its own name.
 * @param {string} siteUrl
 * @param {string | null | undefined} host
 * @returns {Set<string>}
 */
export function originsOf(siteUrl, host) {
  const site = new URL(siteUrl);
  return new Set([
    site.origin,
    ...(host && !isPublic(siteUrl) && NEAR.test(host) ? [`${site.protocol}//${host}`] : []),
  ]);
}

/**
 * Browsers name the origin of every form that is sent; those that hide it say what kind of site it was. Who says
 * neither is no browser that we know.
 * @param {{ origin?: string | null | undefined, host?: string | null | undefined, site?: string | null | undefined }} headers
 * @param {string} siteUrl
 * @returns {boolean}
 */
export function isOwnOrigin({ origin, host, site }, siteUrl) {
  if (origin && origin !== "null") return originsOf(siteUrl, host).has(origin);
  return site === "same-origin";
}
