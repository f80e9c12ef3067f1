"use client";

import Link from "next/link";
import { Count } from "@/components/ui/badge";
import { useCartCount } from "./cart-count";

/** The way to the cart. The pill keeps its place while it is empty, so nothing moves when the count arrives. */
export function CartLink() {
  const count = useCartCount();
  return (
    <Link href="/cart" prefetch={false} className="flex min-h-target items-center gap-1.5">
      Cart
      <Count className={count === 0 ? "invisible" : undefined}>{count > 99 ? "99+" : count}</Count>
      <span className="sr-only">{count === 1 ? "1 piece" : `${count} pieces`}</span>
    </Link>
  );
}
