"use client";

import { useCallback, useEffect, useState } from "react";
import type { Live } from "@/lib/queries/catalog/live";

/** What the cached page cannot know about a product, once it has arrived, and a way to ask again. */
export function useLive(productId: string): { live: Live | undefined; refresh: () => void } {
  const [live, setLive] = useState<Live>();
  const [asked, setAsked] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is what makes it ask again.
  useEffect(() => {
    const stop = new AbortController();
    fetch(`/api/live?product=${productId}`, { signal: stop.signal })
      .then((answer) => (answer.ok ? (answer.json() as Promise<Live>) : undefined))
      .then((found) => found && setLive(found))
      // The page says enough without it.
      .catch(() => {});
    return () => stop.abort();
  }, [productId, asked]);

  return { live, refresh: useCallback(() => setAsked((count) => count + 1), []) };
}
