"use client";

import { type ComponentType, useEffect, useState } from "react";
import type { Card } from "@/lib/domain/catalog";
import { readRecent, remember } from "./recent-list";

const SHOWN = 6;

/**
 * What this browser looked at last. The list is kept in the browser; the shop is asked, without cookies, what those
 * pieces cost now. Draws nothing without scripts or without a list, so it stands last on its page, and what draws it
 * is loaded only then. `current` is the product of the page: it is remembered and not shown.
 */
export function RecentlyViewed({ current }: { current?: string }) {
  const [shown, setShown] = useState<{ Shelf: ComponentType<{ cards: Card[] }>; cards: Card[] }>();

  useEffect(() => {
    const ids = readRecent().filter((id) => id !== current);
    if (current) remember(current);
    if (ids.length === 0) return;
    const stop = new AbortController();
    const asked = fetch(`/api/cards?ids=${ids.join()}`, {
      signal: stop.signal,
      credentials: "omit",
      priority: "low",
    });
    Promise.all([
      asked.then((answer) => answer.json() as Promise<{ cards: Card[] }>),
      import("./recent-shelf"),
    ])
      .then(([{ cards }, { RecentShelf }]) => {
        if (!stop.signal.aborted) setShown({ Shelf: RecentShelf, cards: cards.slice(0, SHOWN) });
      })
      // The page is whole without it.
      .catch(() => {});
    return () => stop.abort();
  }, [current]);

  return shown && shown.cards.length > 0 ? <shown.Shelf cards={shown.cards} /> : null;
}
