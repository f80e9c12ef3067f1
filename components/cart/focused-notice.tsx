"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** A report on something whose own place on the page is gone: it takes the focus, so that the keyboard is not lost. */
export function FocusedNotice({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  return (
    <div
      ref={box}
      role="status"
      tabIndex={-1}
      className="border-l-4 border-ink bg-raised px-4 py-2 focus-visible:outline-none"
    >
      {children}
    </div>
  );
}
