"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";

/** How long it stays in sight of whoever looks further down the page, and does nothing. */
const IN_SIGHT_MS = 8_000;
/** Whoever goes on must see where they are. */
const GOES_ON = ["keydown", "pointerdown", "wheel", "touchmove"] as const;

/**
 * What was just done: below the page's name, and with scripts in sight for a while wherever one is on the page. What it
 * lies over then can still be pressed.
 */
export function Told({ children }: { children: ReactNode }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const end = () => setOver(true);
    const timer = setTimeout(end, IN_SIGHT_MS);
    for (const sign of GOES_ON) addEventListener(sign, end, { once: true, capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of GOES_ON) removeEventListener(sign, end, { capture: true });
    };
  }, []);
  return (
    <Notice
      tone="success"
      className={
        isOver ? "mb-6" : "mb-6 scripted:pointer-events-none scripted:sticky scripted:top-bar scripted:z-10"
      }
    >
      {children}
    </Notice>
  );
}
