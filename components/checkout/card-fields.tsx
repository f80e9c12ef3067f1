"use client";

import { type ComponentProps, useId, useImperativeHandle, useRef, useState } from "react";
import { Field } from "@/components/ui/field";
import type { CardEntryProps } from "./card-entry";
import { type CardData, type CardField, checkCard, confirmCard } from "./sandbox-payment";

/**
 * The card form of the payment sandbox. Its inputs have no name, so no form ever carries them to the shop; what is
 * typed goes straight to the sandbox and stays here after a decline.
 */
export function CardFields({ ref }: CardEntryProps) {
  const box = useRef<HTMLDivElement>(null);
  const ready = useRef<CardData>(null);
  const [errors, setErrors] = useState<Partial<Record<CardField, string>>>({});

  const input = (field: CardField) => box.current?.querySelector<HTMLInputElement>(`[data-card="${field}"]`);
  const typed = (field: CardField) => input(field)?.value ?? "";
  function show(found: Partial<Record<CardField, string>>) {
    setErrors(found);
    const [first] = Object.keys(found) as CardField[];
    if (first) input(first)?.focus();
  }

  useImperativeHandle(ref, () => ({
    async check() {
      const values = { number: typed("number"), expiry: typed("expiry"), cvc: typed("cvc") };
      const result = checkCard(values, new Date());
      ready.current = "card" in result ? result.card : null;
      show("errors" in result ? result.errors : {});
      return ready.current !== null;
    },
    async confirm(open, returnUrl) {
      if (!ready.current) return { kind: "refused", field: "number", message: "Please check the card." };
      const answer = await confirmCard(open, ready.current, returnUrl);
      if (answer.kind === "refused" && answer.field) show({ [answer.field]: answer.message });
      return answer;
    },
  }));

  const clear = (field: CardField) => setErrors(({ [field]: _gone, ...rest }) => rest);
  return (
    <div ref={box} className="grid grid-cols-2 gap-4">
      <CardInput
        field="number"
        label="Card number"
        error={errors.number}
        onClear={clear}
        autoComplete="cc-number"
        placeholder="4242 4242 4242 4242"
        maxLength={23}
        onInput={(event) => group(event.currentTarget)}
        className="col-span-2"
      />
      <CardInput
        field="expiry"
        label="Expiry"
        error={errors.expiry}
        onClear={clear}
        autoComplete="cc-exp"
        placeholder="MM/YY"
        maxLength={7}
      />
      <CardInput
        field="cvc"
        label="Security code"
        error={errors.cvc}
        onClear={clear}
        autoComplete="cc-csc"
        placeholder="123"
        maxLength={4}
      />
      <p className="col-span-2 text-s text-quiet">
        This is a demo: no real card works. Any date to come and any three digits will do.
      </p>
    </div>
  );
}

function CardInput({
  field,
  label,
  error,
  onClear,
  onInput,
  className,
  ...rest
}: {
  field: CardField;
  label: string;
  error: string | undefined;
  onClear: (field: CardField) => void;
} & ComponentProps<"input">) {
  const id = useId();
  return (
    <Field id={id} label={label} {...(error ? { error } : {})} {...(className ? { className } : {})}>
      <input
        id={id}
        data-card={field}
        inputMode="numeric"
        className="control num"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onInput={(event) => {
          onClear(field);
          onInput?.(event);
        }}
        {...rest}
      />
    </Field>
  );
}

/** Digits in fours, unless the caret stands inside: then the typing must not be disturbed. */
function group(input: HTMLInputElement): void {
  if (input.selectionStart !== input.value.length) return;
  const digits = input.value.replace(/\D/g, "").slice(0, 19);
  input.value = digits.replace(/(\d{4})(?=\d)/g, "$1 ");
}
