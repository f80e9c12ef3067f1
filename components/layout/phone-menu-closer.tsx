"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";

/** Folds the menu when a link was followed, and on Escape. */
export function PhoneMenuCloser({ menu }: { menu: string }) {
  const pathname = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page changed, which is its purpose
  useEffect(() => {
    document.getElementById(menu)?.removeAttribute("open");
  }, [pathname, menu]);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const details = document.getElementById(menu);
      if (event.key !== "Escape" || !details?.hasAttribute("open")) return;
      details.removeAttribute("open");
      details.querySelector("summary")?.focus();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [menu]);

  return null;
}
