"use client";

/** Which products this browser has shown, the latest first. It is kept here and nowhere else. */
const KEY = "recent";
const MOST = 12;
const ID = /^[0-9a-f-]{36}$/;

/** The ids that are kept; none where the browser keeps nothing. */
export function readRecent(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept)
      ? kept.filter((id) => typeof id === "string" && ID.test(id)).slice(0, MOST)
      : [];
  } catch {
    return [];
  }
}

/** Puts a product first. */
export function remember(id: string): void {
  keep([id, ...readRecent().filter((kept) => kept !== id)].slice(0, MOST));
}

export function forgetAll(): void {
  keep([]);
}

function keep(ids: readonly string[]): void {
  try {
    if (ids.length > 0) localStorage.setItem(KEY, JSON.stringify(ids));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing loses nothing.
  }
}
