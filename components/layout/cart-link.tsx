"use client";

import { Count } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { useCartCount } from "./cart-count";

/**
 * The way to the cart. The pill is there from the start, so nothing moves when the count arrives; without scripts none
 * ever does, and no number is better than a wrong one.
 */
export function CartLink() {
  const count = useCartCount();
  return (
    <Link href="/cart" className="flex min-h-target items-center gap-1.5">
      Cart
      <span aria-hidden="true" className="unscripted:hidden">
        <Count quiet={count === 0} className="min-w-7">
          {count > 99 ? "99+" : count}
        </Count>
      </span>
      <span className="sr-only unscripted:hidden">{count === 1 ? "1 piece" : `${count} pieces`}</span>
    </Link>
  );
}
