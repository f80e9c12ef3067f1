"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

const PAUSE = 15_000;

/**
 * Draws the list again when orders came in, and says how many. Asks while the page is looked at and never while it is
 * hidden; without scripts the list is as old as its page.
 */
export function OrderNews({ newest }: { newest: string }) {
  const router = useRouter();
  const [came, setCame] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    async function look() {
      clearTimeout(timer);
      if (document.hidden || isOver) return;
      const count = await countAfter(newest);
      if (isOver) return;
      if (count > 0) {
        setCame(count);
        router.refresh();
      }
      timer = setTimeout(look, PAUSE);
    }
    timer = setTimeout(look, PAUSE);
    document.addEventListener("visibilitychange", look);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [newest, router]);
  return (
    <p role="status" className="num text-s text-quiet">
      {came > 0 && (came === 1 ? "One new order came in." : `${came} new orders came in.`)}
    </p>
  );
}

/** A lost connection is no news. */
async function countAfter(newest: string): Promise<number> {
  try {
    const response = await fetch(`/api/orders/new?after=${newest}`, { cache: "no-store" });
    return response.ok ? ((await response.json()) as { count: number }).count : 0;
  } catch {
    return 0;
  }
}
