"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";

/** Pages that come out of the cache; asking for another one ahead would make the server render it for nobody. */
const CACHED = 'a[href^="/p/"],a[href^="/c/"],a[href="/"]';
/** A pointer that only passes over a link stays shorter than this. */
const LINGER_MS = 65;
/** The page itself comes first: its own pictures and its live stock. */
const SETTLE_MS = 1_200;
const APART_MS = 350;
const MOST = 6;

/**
 * Fetches pages ahead, instead of each link for itself: at once what is pointed at or focused; and when the page has
 * settled, one after the other, the first few products on the screen. A click ends the latter.
 */
export function Prefetcher() {
  const router = useRouter();
  const pathname = usePathname();

  useEffect(() => {
    const known = new Set([pathname]);
    let timer: number | undefined;
    let linger: number | undefined;

    function fetchAhead(link: HTMLAnchorElement) {
      if (known.has(link.pathname) || link.search || link.origin !== location.origin) return;
      known.add(link.pathname);
      router.prefetch(link.pathname as Parameters<typeof router.prefetch>[0]);
    }
    function onPoint(event: Event) {
      clearTimeout(linger);
      const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(CACHED);
      if (!link) return;
      // A finger or the keyboard means it.
      const isSure = event.type === "focusin" || (event as PointerEvent).pointerType !== "mouse";
      if (isSure) fetchAhead(link);
      else linger = window.setTimeout(() => fetchAhead(link), LINGER_MS);
    }
    function giveWay() {
      clearTimeout(timer);
    }
    function takeNext(links: HTMLAnchorElement[]) {
      const [next, ...rest] = links;
      if (!next) return;
      fetchAhead(next);
      timer = window.setTimeout(() => takeNext(rest), APART_MS);
    }
    function settle() {
      if (isSparing()) return;
      timer = window.setTimeout(() => takeNext(onScreen()), SETTLE_MS);
    }

    document.addEventListener("pointerover", onPoint, { passive: true });
    document.addEventListener("focusin", onPoint);
    document.addEventListener("click", giveWay, { capture: true });
    if (document.readyState === "complete") settle();
    else window.addEventListener("load", settle, { once: true });
    return () => {
      document.removeEventListener("pointerover", onPoint);
      document.removeEventListener("focusin", onPoint);
      document.removeEventListener("click", giveWay, { capture: true });
      window.removeEventListener("load", settle);
      clearTimeout(timer);
      clearTimeout(linger);
    };
  }, [router, pathname]);

  return null;
}

/** The first product links that can be seen now. Variants of the same product are chosen in place. */
function onScreen(): HTMLAnchorElement[] {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('main article a[href^="/p/"]')];
  return links
    .filter((link) => {
      const { top, bottom } = (link.closest("article") ?? link).getBoundingClientRect();
      return bottom > 0 && top < window.innerHeight;
    })
    .slice(0, MOST);
}

/** Whether the visitor pays for bytes, or the network is slow. */
function isSparing(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
  return Boolean(connection?.saveData) || /2g|3g/.test(connection?.effectiveType ?? "");
}
