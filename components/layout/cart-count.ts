"use client";

import { useSyncExternalStore } from "react";

const CHANGED = "cart:changed";
const COOKIE = /(?:^|;\s*)(?:__Host-)?cart_count=(\d+)/;
const YEAR = 31_536_000;

/** How many pieces the cart holds, as the cookie says now. */
export function readCartCount(): number {
  return Number(COOKIE.exec(document.cookie)?.[1] ?? 0);
}

function subscribe(changed: () => void): () => void {
  // Where the browser tells of changed cookies (https and localhost), every action is noticed by itself.
  const store: EventTarget | undefined = "cookieStore" in window ? window.cookieStore : undefined;
  store?.addEventListener("change", changed);
  for (const name of [CHANGED, "pageshow", "focus"]) window.addEventListener(name, changed);
  return () => {
    store?.removeEventListener("change", changed);
    for (const name of [CHANGED, "pageshow", "focus"]) window.removeEventListener(name, changed);
  };
}

/** How many pieces the cart holds, from the cookie that actions write; 0 on the server. */
export function useCartCount(): number {
  return useSyncExternalStore(subscribe, readCartCount, () => 0);
}

/**
 * Keeps what an action answered. The action itself leaves the cookie alone: a cookie that it writes makes Next render
 * the whole page again into the answer, and throws away what was fetched ahead. The flags are those of lib/cookies.
 */
export function keepCartCount(pieces: number): void {
  const name = location.protocol === "https:" ? "__Host-cart_count" : "cart_count";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is not in every browser, and not on plain http.
  document.cookie = `${name}=${pieces}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  announceCartChanged();
}

/** Tells the header that an action changed the cart. */
export function announceCartChanged(): void {
  window.dispatchEvent(new Event(CHANGED));
}
