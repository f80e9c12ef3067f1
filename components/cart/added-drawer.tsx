"use client";

import { useEffect, useRef } from "react";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { backdropOf, Picture } from "@/components/ui/picture";
import { formatMoney } from "@/lib/domain/money";

/** What was asked for, as the page knows it before the server has answered. */
export interface Asked {
  readonly name: string;
  readonly variantTitle: string;
  /** Pieces: those that are being added. */
  readonly quantity: number;
  /** Minor units a piece. */
  readonly price: number;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
}

/** The answer; `quantity` counts the pieces of it that are now in the cart. */
export interface JustAdded extends Asked {
  /** Pieces in the whole cart. */
  readonly count: number;
}

/**
 * Shows what was just put into the cart, beside the page and without taking the focus: a native popover, closed by
 * Escape or a press elsewhere. The sentence for screen readers stands in a live region of its own, so that the same
 * piece added twice is told twice. Stands in the form that added; `line` is the answer of `addToCart`, `asked` what it
 * will be about: with that the drawer opens at the press, and closes again where the answer is a refusal.
 */
export function AddedDrawer({
  line,
  asked,
  currency = "EUR",
}: {
  line: JustAdded | undefined;
  asked?: Asked | undefined;
  currency?: string;
}) {
  const panel = useRef<HTMLElement>(null);
  const shown = asked ?? line;
  useEffect(() => {
    const element = panel.current;
    if (!element) return;
    const isOpen = element.matches(":popover-open");
    if (!shown && isOpen) element.hidePopover();
    if (shown && !isOpen) element.showPopover();
    if (!line || asked) return;
    const timer = setTimeout(() => {
      // Who is on their way to it must not lose it.
      if (!element.matches(":hover, :focus-within")) element.hidePopover();
    }, 8000);
    return () => clearTimeout(timer);
  }, [shown, asked, line]);

  const name = line && (line.variantTitle ? `${line.name}, ${line.variantTitle}` : line.name);
  return (
    <>
      <p role="status" className="sr-only" key={line?.count}>
        {line &&
          `${name} is in your cart: ${line.quantity} of it, ${line.count} ${line.count === 1 ? "piece" : "pieces"} in all.`}
      </p>
      <section
        ref={panel}
        popover="auto"
        aria-label="Added to your cart"
        className="inset-auto top-bar right-0 m-0 w-full max-w-96 border bg-paper p-4 text-ink sm:top-[calc(var(--spacing-bar)+0.5rem)] sm:right-edge"
      >
        {shown && (
          <div className="grid gap-4">
            <div className="flex items-center justify-between">
              <p className={asked ? "text-quiet" : "font-semibold"}>
                {asked ? "Going into your cart" : "In your cart"}
              </p>
              <button
                type="button"
                aria-label="Close"
                onClick={() => panel.current?.hidePopover()}
                className="-my-2 -mr-2 grid size-11 place-items-center text-l"
              >
                ×
              </button>
            </div>
            <div className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-center gap-4">
              <Picture
                src={shown.imageKey && `/media/${shown.imageKey}`}
                alt=""
                sizes="4.5rem"
                backdrop={backdropOf(shown.imageBackdrop)}
              />
              <div className="min-w-0">
                <p className="font-semibold">{shown.name}</p>
                <p className="text-s text-quiet">
                  {shown.variantTitle && <>{shown.variantTitle} · </>}
                  {shown.quantity}
                </p>
              </div>
              <p className="num">{formatMoney(shown.price * shown.quantity, currency)}</p>
            </div>
            <div className="grid grid-cols-2 items-center gap-3">
              <LinkButton href="/cart" look="line" small>
                See the cart
              </LinkButton>
              <Link href="/checkout" className="link flex min-h-target items-center justify-center text-s">
                Check out
              </Link>
            </div>
          </div>
        )}
      </section>
    </>
  );
}
