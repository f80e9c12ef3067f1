"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** Closes the fold (`details`) that it stands in: when a link was followed, on Escape, and on a press beside it. */
export function FoldCloser() {
  const pathname = usePathname();
  const mark = useRef<HTMLSpanElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page changed, which is its purpose
  useEffect(() => {
    mark.current?.closest("details")?.removeAttribute("open");
  }, [pathname]);

  useEffect(() => {
    const fold = mark.current?.closest("details");
    if (!fold) return;
    function onKey(event: KeyboardEvent) {
      if (event.key !== "Escape" || !fold?.open) return;
      fold.open = false;
      fold.querySelector("summary")?.focus();
    }
    function onPointer({ target }: PointerEvent) {
      if (fold?.open && !fold.contains(target as Node)) fold.open = false;
    }
    // A link to another list of the same page changes no path.
    function onClick({ target }: MouseEvent) {
      if (fold && target instanceof Element && target.closest("a")) fold.open = false;
    }
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onPointer);
    fold.addEventListener("click", onClick);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", onPointer);
      fold.removeEventListener("click", onClick);
    };
  }, []);

  return <span ref={mark} hidden />;
}
