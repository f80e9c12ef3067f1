"use client";

import type { Route } from "next";
import { type FocusEvent, type ReactNode, useOptimistic } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { changeRowStock } from "@/lib/actions/admin/inventory";
import { stockReasons } from "@/lib/domain/inventory-reasons";

/**
 * What is available of a row's one variant: saved with Enter, when the form is left, or by its button. Why it changes
 * is asked below the field while somebody is in it.
 */
export function RowStock({
  variantId,
  name,
  available,
  isLow,
  back,
  children,
}: {
  variantId: string;
  name: string;
  available: number;
  isLow: boolean;
  back: string;
  /** The key of this drawing of the form. */
  children: ReactNode;
}) {
  const [shown, show] = useOptimistic(String(available));
  const isPending = shown !== String(available);

  function leave({ currentTarget, relatedTarget }: FocusEvent<HTMLDivElement>) {
    if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    const field = currentTarget.querySelector<HTMLInputElement>('[name="available"]');
    if (field && field.value.trim() !== "" && field.value.trim() !== shown) field.form?.requestSubmit();
  }

  return (
    <ActionForm
      action={changeRowStock}
      expect={(form) => {
        const typed = form.get("available");
        if (typeof typed === "string" && /^-?\d{1,6}$/.test(typed.trim())) show(typed.trim());
      }}
      label={`Stock of ${name}`}
      idPrefix={`stock-${variantId}-`}
    >
      <input type="hidden" name="variantId" value={variantId} />
      <input type="hidden" name="was" value={available} />
      <input type="hidden" name="back" value={back} />
      {children}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: leaving the fields inside saves, as Enter and the button do */}
      <div
        className="group/stock relative flex items-center justify-end gap-1"
        onBlur={leave}
        onKeyDown={({ key, currentTarget }) => {
          const field = currentTarget.querySelector<HTMLInputElement>('[name="available"]');
          if (key === "Escape" && field) field.value = shown;
        }}
      >
        <input
          key={shown}
          name="available"
          defaultValue={shown}
          required
          inputMode="numeric"
          autoComplete="off"
          aria-label={`Available of ${name}${isLow && !isPending ? ", running low" : ""}`}
          className={cx(
            "num min-h-8 w-16 border-b bg-transparent text-right",
            isLow && !isPending && "text-signal",
          )}
        />
        <span className="text-quiet md:hidden">available</span>
        <div className="absolute top-full right-0 z-20 hidden w-56 gap-3 border bg-paper p-3 text-left font-text text-s group-focus-within/stock:grid">
          <label className="grid gap-1 font-semibold">
            Why
            <select name="reason" className="control control-select font-normal">
              {stockReasons.map((reason) => (
                <option key={reason}>{reason}</option>
              ))}
            </select>
          </label>
          <div className="flex items-center justify-between gap-3">
            <SubmitButton look="line" small>
              Keep<span className="sr-only"> the stock of {name}</span>
            </SubmitButton>
            <Link
              href={`/admin/stock/${variantId}` as Route}
              className="link inline-flex min-h-6 items-center"
            >
              Ledger<span className="sr-only"> of {name}</span>
            </Link>
          </div>
        </div>
      </div>
    </ActionForm>
  );
}
