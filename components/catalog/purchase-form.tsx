"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { AddedDrawer, type Asked } from "@/components/cart/added-drawer";
import { keepCartCount } from "@/components/layout/cart-count";
import { ActionForm } from "@/components/ui/action-form";
import { Button, buttonClass } from "@/components/ui/button";
import type { FormState } from "@/components/ui/form-state";
import { called } from "@/components/ui/late";
import { SubmitButton } from "@/components/ui/pending";
import { Stepper } from "@/components/ui/stepper";
import { addToCart } from "@/lib/actions/cart";
import { toggleWishlist } from "@/lib/actions/wishlist";
import { type Shot, SOLD_MEANWHILE, type Variant } from "@/lib/domain/catalog";
import { formatMoney } from "@/lib/domain/money";
import type { AddedLine } from "@/lib/services/cart";

/** Quantity, the one filled button, and the heart beside it. */
export function PurchaseForm({
  name,
  shot,
  variant,
  currency,
  soldOut,
  isThere,
  most,
  isSaved,
  hasOthers,
  onChanged,
}: {
  /** The product's, and the picture that is shown of it: told at the press, before the server has answered. */
  name: string;
  shot: Shot | undefined;
  variant: Variant;
  /** ISO 4217. */
  currency: string;
  soldOut: boolean;
  /** Whether the shop has said just now that it can be bought. */
  isThere: boolean;
  /** The highest quantity that can be asked for. */
  most: number;
  isSaved: boolean;
  /** Whether the piece comes in other variants. */
  hasOthers: boolean;
  /** Called when the cart or the wishlist has changed. */
  onChanged: () => void;
}) {
  const [asked, setAsked] = useState<Asked>();
  const [opened] = useState(variant.id);

  useEffect(() => {
    // A browser takes 16 ms to write its first sum of money: better before the press than at it.
    called.then(() => setTimeout(() => formatMoney(0, currency)));
  }, [currency]);

  function ask(event: FormEvent<HTMLElement>) {
    if (!(event.target instanceof HTMLFormElement)) return;
    setAsked({
      name,
      variantTitle: variant.title,
      quantity: Number(new FormData(event.target).get("quantity")) || 1,
      price: variant.amount,
      imageKey: shot?.key ?? null,
      imageBackdrop: shot?.backdrop ?? null,
    });
  }

  return (
    <div className="grid gap-3">
      {variant.id === opened && !isThere && (
        // For a press without scripts that came too late (addToCart); an address that was kept may be older.
        <p id={SOLD_MEANWHILE} className="hidden border-l-4 border-signal bg-raised px-4 py-3 target:block">
          The last one was sold a moment ago. Nothing was put into your cart.
        </p>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3">
        <div onSubmit={ask}>
          <ActionForm<FormState & { data?: AddedLine }>
            // Another variant is another form: its answer says nothing about this one.
            key={variant.id}
            action={addToCart}
            label="Add to cart"
            className="grid gap-3"
          >
            {(state) => (
              <>
                <Told
                  state={state}
                  onOk={() => {
                    if (state.data) keepCartCount(state.data.count);
                    onChanged();
                  }}
                  onAnswer={() => setAsked(undefined)}
                />
                <AddedDrawer
                  line={state.status === "ok" ? state.data : undefined}
                  asked={asked}
                  currency={currency}
                />
                <input type="hidden" name="variantId" value={variant.id} />
                <div className="flex flex-wrap gap-3">
                  {!soldOut && <Stepper max={most} className="grow sm:grow-0" />}
                  {soldOut ? (
                    <Button disabled aria-describedby="why-sold-out" className="grow">
                      Sold out
                    </Button>
                  ) : (
                    // On phones it stands below the heart, too, which is 4 rem wide with its gap.
                    <SubmitButton
                      className="max-sm:order-3 max-sm:w-[calc(100%+4rem)] max-sm:shrink-0 sm:grow"
                      pendingLabel="Adding"
                    >
                      Add to cart
                    </SubmitButton>
                  )}
                </div>
              </>
            )}
          </ActionForm>
        </div>
        <ActionForm action={toggleWishlist} label="Wishlist" className="max-sm:self-start" quiet>
          {(state) => (
            <>
              <Told state={state} onOk={onChanged} />
              <input type="hidden" name="variantId" value={variant.id} />
              <button type="submit" aria-pressed={isSaved} className={buttonClass("line", false, "px-4")}>
                <Heart filled={isSaved} />
                <span className="sr-only">{isSaved ? "Saved in your wishlist" : "Save to wishlist"}</span>
              </button>
            </>
          )}
        </ActionForm>
      </div>
      {soldOut && (
        <p id="why-sold-out" className="text-s text-quiet">
          This one is gone for now{hasOthers && "; another choice above may be there"}.
        </p>
      )}
    </div>
  );
}

/** Tells the page when a form's action has answered, once per answer. */
function Told({
  state,
  onOk,
  onAnswer,
}: {
  state: { status: string };
  onOk: () => void;
  /** Called at refusals as well. */
  onAnswer?: () => void;
}) {
  const told = useRef(state);
  useEffect(() => {
    if (told.current === state) return;
    told.current = state;
    onAnswer?.();
    if (state.status !== "ok") return;
    onOk();
  }, [state, onOk, onAnswer]);
  return null;
}

function Heart({ filled }: { filled: boolean }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className="size-5"
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth="1.75"
      aria-hidden="true"
    >
      <path d="M12 20.3 4.6 12.9a4.7 4.7 0 0 1 0-6.7 4.7 4.7 0 0 1 6.7 0l.7.7.7-.7a4.7 4.7 0 0 1 6.7 0 4.7 4.7 0 0 1 0 6.7z" />
    </svg>
  );
}
