"use client";

import type { Route } from "next";
import { useEffect, useRef } from "react";
import { announceCartChanged } from "@/components/layout/cart-count";
import { ActionForm } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/pending";
import { backdropOf, Picture } from "@/components/ui/picture";
import { addTogether } from "@/lib/actions/together";
import { mediaPath, productPath } from "@/lib/domain/catalog";
import type { Companion } from "@/lib/queries/catalog/together";
import type { AddedTogether } from "@/lib/services/together";

type Added = FormState & { data?: AddedTogether };

/** What others bought along with a piece, all chosen, to be added with one press. */
export function Together({ companions }: { companions: readonly Companion[] }) {
  return (
    <ActionForm<Added> action={addTogether} label="Bought together" className="page grid gap-5">
      {(state) => (
        <>
          <Told state={state} />
          <ul id="variantIds" tabIndex={-1} className="grid gap-x-8 border-b md:grid-cols-3 md:border-b-0">
            {companions.map((one) => (
              <li key={one.id} className="flex items-center gap-4 border-t py-4 md:border-b">
                <label className="flex min-h-11 shrink-0 items-center gap-4">
                  <input
                    // A form that was answered is reset: what was chosen before an error is its default then.
                    key={String(isChosen(state, one.variantId))}
                    type="checkbox"
                    name="variantIds"
                    value={one.variantId}
                    defaultChecked={isChosen(state, one.variantId)}
                    className="size-5"
                  />
                  <Picture
                    src={one.image && mediaPath(one.image.key)}
                    alt=""
                    backdrop={backdropOf(one.image?.backdrop)}
                    sizes="96px"
                    className="size-20 shrink-0"
                  />
                  <span className="sr-only">
                    {one.name}, {one.price}
                  </span>
                </label>
                <div className="grid min-w-0">
                  <Link
                    href={productPath(one.slug) as Route}
                    className="line-clamp-2 font-semibold wrap-anywhere hover:underline"
                  >
                    {one.name}
                  </Link>
                  {one.variantTitle && <span className="truncate text-s text-quiet">{one.variantTitle}</span>}
                  <span className="num">{one.price}</span>
                </div>
              </li>
            ))}
          </ul>
          {state.status === "ok" && state.data && (
            <Notice tone="success">
              {state.data.names.join(", ")} {state.data.names.length === 1 ? "is" : "are"} in your{" "}
              <Link href="/cart" className="link">
                cart
              </Link>
              .
            </Notice>
          )}
          <SubmitButton look="line" className="sm:justify-self-start" pendingLabel="Adding">
            Add these to cart
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

function isChosen({ status, values }: FormState, variantId: string): boolean {
  return status !== "error" || (values?.variantIds ?? []).includes(variantId);
}

function Told({ state }: { state: FormState }) {
  const told = useRef(state);
  useEffect(() => {
    if (told.current === state) return;
    told.current = state;
    if (state.status === "ok") announceCartChanged();
  }, [state]);
  return null;
}
