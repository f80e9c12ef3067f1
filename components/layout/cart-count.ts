"use client";

import { useSyncExternalStore } from "react";

const CHANGED = "cart:changed";
const COOKIE = /(?:^|;\s*)(?:__Host-)?cart_count=(\d+)/;

function read(): number {
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
  return useSyncExternalStore(subscribe, read, () => 0);
}

/** Tells the header that an action changed the cart. */
export function announceCartChanged(): void {
  window.dispatchEvent(new Event(CHANGED));
}
