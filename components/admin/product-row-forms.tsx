"use client";

import { useOptimistic, useRef } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { SubmitButton } from "@/components/ui/pending";
import { changeRow } from "@/lib/actions/admin/catalog-bulk";
import { productStatuses, productViewLabel } from "@/lib/domain/back-office";
import { parseMoney, toDecimal } from "@/lib/domain/money";

type Status = (typeof productStatuses)[number];

const tones: Record<Status, Tone> = { active: "good", draft: "focus", archived: "quiet" };

interface Row {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

/** A row's status: chosen, it is saved at once; without scripts by its button. */
export function RowStatus({ row, status, back }: { row: Row; status: Status; back: string }) {
  const [shown, show] = useOptimistic(status);
  return (
    <ActionForm
      action={changeRow}
      expect={(form) => {
        const chosen = productStatuses.find((each) => each === form.get("status"));
        if (chosen) show(chosen);
      }}
      label={`Status of ${row.name}`}
      idPrefix={`status-${row.id}-`}
      className="flex items-center gap-2"
    >
      <Hidden row={row} back={back} />
      <StatusDot tone={tones[shown]}>
        <select
          key={shown}
          name="status"
          defaultValue={shown}
          aria-label={`Status of ${row.name}`}
          onChange={({ currentTarget }) => currentTarget.form?.requestSubmit()}
          className="min-h-6 bg-transparent"
        >
          {productStatuses.map((each) => (
            <option key={each} value={each}>
              {productViewLabel[each]}
            </option>
          ))}
        </select>
      </StatusDot>
      <Save of={`status of ${row.name}`} />
    </ActionForm>
  );
}

/**
 * A row's price, where all its variants cost the same: saved when the field is left or with Enter. From then on it is
 * shown as it will be stored, and leaving the field sends nothing again.
 */
export function RowPrice({
  row,
  price,
  currency,
  back,
}: {
  row: Row;
  price: string;
  currency: string;
  back: string;
}) {
  const [shown, show] = useOptimistic(price);
  const field = useRef<HTMLInputElement>(null);
  return (
    <ActionForm
      action={changeRow}
      expect={(form) => {
        const amount = parseMoney(String(form.get("price")), currency);
        if (amount === undefined) return;
        const text = toDecimal(amount, currency);
        show(text);
        if (field.current) field.current.value = text;
      }}
      label={`Price of ${row.name}`}
      idPrefix={`price-${row.id}-`}
      className="flex items-center justify-end gap-2"
    >
      <Hidden row={row} back={back} />
      <input
        ref={field}
        key={price}
        name="price"
        defaultValue={shown}
        required
        inputMode="decimal"
        autoComplete="off"
        aria-label={`Price of ${row.name}`}
        onBlur={({ currentTarget }) => {
          if (currentTarget.value.trim() && currentTarget.value !== shown)
            currentTarget.form?.requestSubmit();
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === "Escape") currentTarget.value = shown;
        }}
        className="num min-h-8 w-20 border-b bg-transparent text-right"
      />
      <Save of={`price of ${row.name}`} />
    </ActionForm>
  );
}

function Hidden({ row, back }: { row: Row; back: string }) {
  return (
    <>
      <input type="hidden" name="productId" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
      <input type="hidden" name="back" value={back} />
    </>
  );
}

const Save = ({ of }: { of: string }) => (
  <SubmitButton look="line" small className="scripted:hidden">
    Keep<span className="sr-only"> the {of}</span>
  </SubmitButton>
);
