"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";

/** How long it stays in sight of whoever looks further down the page. */
const IN_SIGHT_MS = 8_000;

/** What was just done: below the page's name, and with scripts in sight for a while wherever one is on the page. */
export function Told({ children }: { children: ReactNode }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), IN_SIGHT_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Notice
      tone="success"
      className={
        isOver
          ? "mb-6"
          : "mb-6 scripted:sticky scripted:top-bar scripted:z-10 scripted:border scripted:border-l-4"
      }
    >
      {children}
    </Notice>
  );
}
