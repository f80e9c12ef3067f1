"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { readCartCount } from "@/components/layout/cart-count";

/** Coming back to a cart that was kept by the browser: where something was added meanwhile, the page is asked for anew, once. */
export function CartFresh({ shown }: { shown: number }) {
  const router = useRouter();
  const asked = useRef<number>(undefined);
  useEffect(() => {
    const count = readCartCount();
    if (count === shown || asked.current === count) return;
    asked.current = count;
    router.refresh();
  }, [shown, router]);
  return null;
}
