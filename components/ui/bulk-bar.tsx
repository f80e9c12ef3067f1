"use client";

import { type ReactNode, useEffect, useState } from "react";
import { ActionForm, type FormAction } from "./action-form";
import { Button } from "./button";
import { cx } from "./cx";
import { type FormState, useFieldState } from "./form-state";

/** What is done with the ticked rows of a table. Without scripts it always stands below it; with them, once one is ticked. */
export function BulkBar({
  form,
  action,
  what,
  children,
}: {
  form: string;
  action: FormAction<FormState>;
  what: string;
  children: ReactNode;
}) {
  const count = useTicked(form);
  // On a phone the fields would take half of the screen: they wait behind a button.
  const [isOpen, setOpen] = useState(false);
  return (
    <div
      data-ticked={count > 0 || undefined}
      className={cx(
        // Without scripts it is all there at once, which on a phone would cover the list.
        "bottom-0 z-10 md:sticky max-md:scripted:sticky -mx-edge border-t bg-paper px-edge py-3 lg:mx-0 lg:px-0",
        count === 0 && "scripted:sr-only",
      )}
    >
      <div className="flex items-center justify-between gap-3 md:scripted:mb-2">
        <p role="status" className="num text-s font-semibold">
          {count > 0 ? (
            `${count} selected`
          ) : (
            <span className="scripted:hidden">Tick {what} to change them.</span>
          )}
        </p>
        {count > 0 && (
          <Button
            look="line"
            small
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="md:hidden unscripted:hidden"
          >
            {isOpen ? "Close" : "What to do"}
          </Button>
        )}
      </div>
      <ActionForm id={form} action={action} label={`Change the ticked ${what}`}>
        <Reticked form={form} />
        <div
          className={cx(
            "flex flex-wrap items-end gap-3 max-md:scripted:max-h-[60dvh] max-md:scripted:overflow-y-auto max-md:scripted:pt-3",
            count === 0 && "scripted:hidden",
            !isOpen && "max-md:scripted:hidden",
          )}
        >
          {children}
        </div>
      </ActionForm>
    </div>
  );
}

/** A form that was answered is reset, and its ticks with it: after an error they stand again. */
function Reticked({ form }: { form: string }) {
  const { answer } = useFieldState("ids");
  useEffect(() => {
    const ids = answer.values?.ids;
    if (answer.status !== "error" || ids === undefined) return;
    // After the reset, which follows the answer.
    const again = setTimeout(() => {
      for (const box of boxesOf(form)) box.checked = box.value === ids || ids.includes(box.value);
      document.dispatchEvent(new Event("change"));
    });
    return () => clearTimeout(again);
  }, [answer, form]);
  return null;
}

/** The tick of the head: all rows of this page, or none. Needs scripts, and shows with them alone. */
export function SelectAll({ form, label }: { form: string; label: string }) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      data-select-all={form}
      className="block size-6 max-md:hidden unscripted:hidden"
      onChange={({ currentTarget: { checked } }) => {
        for (const box of boxesOf(form)) box.checked = checked;
        document.dispatchEvent(new Event("change"));
      }}
    />
  );
}

function boxesOf(form: string): HTMLInputElement[] {
  const all = document.querySelectorAll<HTMLInputElement>(`input[name="ids"][form="${CSS.escape(form)}"]`);
  return [...all].filter((box) => box.checkVisibility());
}

/** How many rows are ticked; the tick of the head follows. */
function useTicked(form: string): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    function look() {
      const boxes = boxesOf(form);
      const ticked = boxes.filter((box) => box.checked).length;
      setCount(ticked);
      const all = document.querySelector<HTMLInputElement>(`input[data-select-all="${CSS.escape(form)}"]`);
      if (!all) return;
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    look();
    const afterReset = () => setTimeout(look);
    document.addEventListener("change", look);
    document.addEventListener("reset", afterReset);
    return () => {
      document.removeEventListener("change", look);
      document.removeEventListener("reset", afterReset);
    };
  }, [form]);
  return count;
}
