"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const WAIT_MS = 1_500;

/** Draws the page again while work goes on; without scripts the page loads itself again. */
export function ImportWatch() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, WAIT_MS);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
