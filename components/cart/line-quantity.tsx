"use client";

import { useRef } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { Stepper } from "@/components/ui/stepper";
import { changeQuantity } from "@/lib/actions/cart";

/** The pieces of a line. With scripts a press sends it, without there is a button. */
export function LineQuantity({
  itemId,
  name,
  quantity,
  max,
}: {
  itemId: string;
  name: string;
  quantity: number;
  max: number;
}) {
  const field = useRef<HTMLDivElement>(null);
  return (
    <ActionForm action={changeQuantity} quiet>
      {(state) => (
        <div ref={field} className="grid gap-1">
          <div className="flex items-center gap-2">
            <input type="hidden" name="itemId" value={itemId} />
            <Stepper
              label={`Quantity of ${name}`}
              defaultValue={quantity}
              min={1}
              max={Math.max(max, quantity)}
              onCommit={(wanted) => {
                if (wanted !== quantity) field.current?.closest("form")?.requestSubmit();
              }}
            />
            <noscript>
              <SubmitButton look="quiet" small>
                Update
              </SubmitButton>
            </noscript>
          </div>
          {state.status === "error" && (
            <p role="alert" className="max-w-64 text-s text-signal">
              {state.message}
            </p>
          )}
        </div>
      )}
    </ActionForm>
  );
}
