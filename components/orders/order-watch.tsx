"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Draws the page again when the order moved on: soon after a payment, then less and less often. */
export function OrderWatch({
  number,
  orderKey,
  state,
}: {
  number: string;
  orderKey: string | null;
  /** What the page shows now: `status payment`. */
  state: string;
}) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let wait = 1000;
    const query = new URLSearchParams({ number, ...(orderKey ? { key: orderKey } : {}) });
    async function look() {
      const now = document.hidden ? state : await pulse(query, state);
      if (now !== state) {
        router.refresh();
        return;
      }
      wait = Math.min(wait * 1.4, 15_000);
      timer = setTimeout(look, wait);
    }
    timer = setTimeout(look, wait);
    return () => clearTimeout(timer);
  }, [number, orderKey, state, router]);
  return null;
}

/** A lost connection is no change. */
async function pulse(query: URLSearchParams, state: string): Promise<string> {
  try {
    const response = await fetch(`/api/orders/status?${query}`, { cache: "no-store" });
    if (!response.ok) return state;
    const { status, payment } = (await response.json()) as { status: string; payment: string | null };
    return `${status} ${payment ?? ""}`;
  } catch {
    return state;
  }
}
