"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";

/** Changes the page without a reload when one of the shop's links (components/ui/link.tsx) is pressed. */
export function PageLinks() {
  const router = useRouter();

  useEffect(() => {
    function onClick(event: MouseEvent) {
      const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[data-page]");
      if (!link || event.defaultPrevented || isForBrowser(event, link)) return;
      event.preventDefault();
      const { page: how } = link.dataset;
      const go = how === "replace" ? router.replace : router.push;
      const to = (link.pathname + link.search + link.hash) as Route;
      startTransition(() => go(to, { scroll: how !== "stay" }));
    }
    // React's own listeners stand on the document, too, and came first: what they prevented stays so.
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [router]);

  return null;
}

/** Another tab, window or download, another site, or a place on this page. */
function isForBrowser(event: MouseEvent, link: HTMLAnchorElement): boolean {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return true;
  if ((link.target && link.target !== "_self") || link.origin !== location.origin) return true;
  return link.hash !== "" && link.pathname === location.pathname && link.search === location.search;
}
