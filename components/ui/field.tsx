"use client";

import { type ComponentProps, type FocusEvent, type FormEvent, type ReactNode, useState } from "react";
import { cx } from "./cx";
import { useFieldId, useFieldState } from "./form-state";

type FieldText = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Shown unless the form around the field knows better. */
  error?: string;
  /** Marks what may be left empty: say so, instead of starring what may not. */
  optional?: boolean;
  /** What is wrong with a value once the field is left; the server decides again. It goes when the value is mended. */
  fault?: ((value: string) => string | undefined) | undefined;
};

/** Label above, then hint, control and error. For a control of your own: give it `id` and `aria-describedby`. */
export function Field({
  id,
  label,
  hint,
  error,
  optional = false,
  isFresh = false,
  children,
  className,
}: Omit<FieldText, "name" | "fault"> & {
  /** The error came just now, after the field was left: it is read out. */
  isFresh?: boolean;
  id: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className={cx("grid content-start gap-1.5", className)}>
      <label htmlFor={id} className="text-s font-semibold">
        {label}
        {optional && <span className="font-normal text-quiet"> optional</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="-mt-1 text-s text-quiet">
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p id={`${id}-error`} role={isFresh ? "alert" : undefined} className="text-s text-signal">
          {error}
        </p>
      )}
    </div>
  );
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The error of a field until it is mended, and what ties control and texts together. */
function useControl(
  name: string,
  id: string,
  hint: ReactNode,
  given: string | undefined,
  fault?: FieldText["fault"],
) {
  const { answer, error: answered, value } = useFieldState(name);
  const [touched, setTouched] = useState<unknown>(undefined);
  const [left, setLeft] = useState<{ answer: unknown; error: string | undefined }>();
  const own = left && left.answer === answer ? left.error : undefined;
  const error = own ?? (touched === answer ? undefined : (answered ?? given));
  return {
    answer,
    error,
    value,
    isFresh: own !== undefined,
    control: {
      id,
      name,
      onInput: (event: FormEvent<Control>) => {
        setTouched(answer);
        // It was wrong: told anew with every key until it is right, never while somebody types for the first time.
        if (error && fault) setLeft({ answer, error: fault(event.currentTarget.value) });
      },
      onBlur: (event: FocusEvent<Control>) => {
        // Who presses a button or a link must not have it moved away by a line that appears above it.
        const isPressing = event.relatedTarget instanceof Element && event.relatedTarget.closest("a, button");
        if (fault && !isPressing) setLeft({ answer, error: fault(event.currentTarget.value) });
      },
      "aria-invalid": error ? (true as const) : undefined,
      "aria-describedby":
        [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined,
    },
  };
}

/** One line of text. Required unless `optional`. */
export function TextInput({
  name,
  id: ownId,
  label,
  hint,
  error: given,
  optional = false,
  fault,
  className,
  defaultValue,
  ...rest
}: FieldText & Omit<ComponentProps<"input">, "name">) {
  const id = useFieldId(name, ownId);
  const { error, value, isFresh, control } = useControl(name, id, hint, given, fault);
  return (
    <Field {...{ id, label, hint, error, optional, isFresh, className }}>
      <input
        type="text"
        required={!optional}
        defaultValue={value ?? defaultValue}
        className="control"
        {...rest}
        {...control}
      />
    </Field>
  );
}

/** Several lines of text. */
export function Textarea({
  name,
  id: ownId,
  label,
  hint,
  error: given,
  optional = false,
  fault,
  className,
  defaultValue,
  ...rest
}: FieldText & Omit<ComponentProps<"textarea">, "name">) {
  const id = useFieldId(name, ownId);
  const { error, value, isFresh, control } = useControl(name, id, hint, given, fault);
  return (
    <Field {...{ id, label, hint, error, optional, isFresh, className }}>
      <textarea
        rows={4}
        required={!optional}
        defaultValue={value ?? defaultValue}
        className="control"
        {...rest}
        {...control}
      />
    </Field>
  );
}

/** A native select; its options are children. */
export function Select({
  name,
  id: ownId,
  label,
  hint,
  error: given,
  optional = false,
  fault,
  className,
  defaultValue,
  children,
  ...rest
}: FieldText & Omit<ComponentProps<"select">, "name">) {
  const id = useFieldId(name, ownId);
  const { error, value, isFresh, control } = useControl(name, id, hint, given, fault);
  const chosen = value ?? defaultValue;
  return (
    <Field {...{ id, label, hint, error, optional, isFresh, className }}>
      {/* A form that was answered is reset, and a select then forgets its default unless it is made anew. */}
      <select
        key={String(chosen ?? "")}
        required={!optional}
        defaultValue={chosen}
        className="control control-select"
        {...rest}
        {...control}
      >
        {children}
      </select>
    </Field>
  );
}

/** A tick with its sentence. */
export function Checkbox({
  name,
  id: ownId,
  label,
  hint,
  error: given,
  className,
  defaultChecked,
  ...rest
}: Omit<FieldText, "optional" | "fault"> & Omit<ComponentProps<"input">, "name" | "type">) {
  const id = useFieldId(name, ownId);
  const { answer, error, value, control } = useControl(name, id, hint, given);
  const checked = answer.values ? value !== undefined : defaultChecked;
  return (
    <div className={cx("grid gap-1", className)}>
      <label htmlFor={id} className="flex min-h-6 items-start gap-3">
        <input
          key={String(checked)}
          type="checkbox"
          defaultChecked={checked}
          className="mt-0.5 size-5 shrink-0"
          {...rest}
          {...control}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${id}-hint`} className="pl-8 text-s text-quiet">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="pl-8 text-s text-signal">
          {error}
        </p>
      )}
    </div>
  );
}

/** One of several ways, each a row with a title, a quiet line and something at its end (a price, say). */
export function RadioCard({
  name,
  value,
  title,
  detail,
  end,
  defaultChecked,
  children,
  ...rest
}: {
  name: string;
  value: string;
  title: ReactNode;
  detail?: ReactNode;
  end?: ReactNode;
  /** Shown below while this card is the chosen one. */
  children?: ReactNode;
} & Omit<ComponentProps<"input">, "name" | "type" | "value" | "title">) {
  const { value: chosen } = useFieldState(name);
  const id = useFieldId(`${name}-${value}`, undefined);
  const checked = chosen === undefined ? defaultChecked : chosen === value;
  return (
    <div className="group/card rounded-control hairline has-checked:shadow-none has-checked:outline-2 has-checked:-outline-offset-2 has-checked:outline-ink">
      <label htmlFor={id} className="flex min-h-control items-center gap-3 px-4 py-3">
        <input
          key={String(checked)}
          id={id}
          type="radio"
          name={name}
          value={value}
          defaultChecked={checked}
          className="size-5 shrink-0"
          {...rest}
        />
        <span className="grid flex-1">
          <span className="font-semibold">{title}</span>
          {detail && <span className="text-s text-quiet">{detail}</span>}
        </span>
        {end && <span className="num">{end}</span>}
      </label>
      {children && <div className="hidden px-4 pb-4 group-has-[>label>:checked]/card:block">{children}</div>}
    </div>
  );
}
