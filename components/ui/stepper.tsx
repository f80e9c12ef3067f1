"use client";

import { useEffect, useRef } from "react";
import { cx } from "./cx";

/**
 * A quantity. Without scripts it is a number field; the buttons appear with them. `onCommit` gets the number
 * after a press or when the field is left.
 */
export function Stepper({
  name = "quantity",
  label = "Quantity",
  defaultValue = 1,
  min = 1,
  max = 99,
  form,
  onCommit,
  className,
}: {
  name?: string;
  label?: string;
  defaultValue?: number;
  min?: number;
  max?: number;
  form?: string;
  onCommit?: (quantity: number) => void;
  className?: string;
}) {
  const field = useRef<HTMLInputElement>(null);
  // Another number from outside. Not a new field by key: the focus in it would be lost.
  useEffect(() => {
    if (field.current) field.current.value = String(defaultValue);
  }, [defaultValue]);

  function step(by: 1 | -1) {
    const input = field.current;
    if (!input) return;
    if (by > 0) input.stepUp();
    else input.stepDown();
    onCommit?.(input.valueAsNumber);
  }

  const side = "hidden scripted:grid size-full min-w-11 place-items-center text-l leading-none";
  return (
    <div className={cx("inline-flex h-control items-stretch rounded-control hairline", className)}>
      <button type="button" className={side} aria-label={`${label}: one less`} onClick={() => step(-1)}>
        −
      </button>
      <input
        ref={field}
        type="number"
        inputMode="numeric"
        name={name}
        form={form}
        aria-label={label}
        defaultValue={defaultValue}
        min={min}
        max={max}
        required
        onBlur={(event) =>
          event.currentTarget.validity.valid && onCommit?.(event.currentTarget.valueAsNumber)
        }
        className="num w-14 bg-transparent text-center scripted:[appearance:textfield] scripted:[&::-webkit-inner-spin-button]:appearance-none"
      />
      <button type="button" className={side} aria-label={`${label}: one more`} onClick={() => step(1)}>
        +
      </button>
    </div>
  );
}
