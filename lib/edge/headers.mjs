// @ts-check
/** The headers of every answer of the shop, whoever gives it: Next (next.config.ts) or the door before it (refusal.mjs). */

/** @type {Readonly<Record<string, string>>} */
export const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), usb=(), payment=(self)",
  // Browsers heed this on https only.
  "strict-transport-security": "max-age=31536000",
};
