"use client";

import { AddedDrawer } from "@/components/cart/added-drawer";
import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import type { ActionState } from "@/lib/action";
import { addSharedToCart } from "@/lib/actions/wishlist";
import type { AddedLine } from "@/lib/services/cart";

/** Puts a piece of somebody's shared list into the own cart. */
export function AddShared({ variantId, name }: { variantId: string; name: string }) {
  return (
    <ActionForm<ActionState<AddedLine>> action={addSharedToCart} quiet>
      {(state) => (
        <div className="grid justify-items-start gap-1">
          <input type="hidden" name="variantId" value={variantId} />
          <SubmitButton look="line" small>
            Add to cart<span className="sr-only"> {name}</span>
          </SubmitButton>
          {state.status === "error" && (
            <p role="alert" className="text-s text-signal">
              {state.message}
            </p>
          )}
          <AddedDrawer line={state.status === "ok" ? state.data : undefined} />
        </div>
      )}
    </ActionForm>
  );
}
