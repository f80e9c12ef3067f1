"use client";

import { useFieldId, useFieldState } from "@/components/ui/form-state";
import type { Combination } from "@/lib/domain/catalog-options";

/** A tick for each combination, all of them ticked at first. What was unticked stays so after an error. */
export function CombinationTicks({ combinations }: { combinations: readonly Combination[] }) {
  const { answer, error } = useFieldState("keys");
  const id = useFieldId("keys", undefined);
  const typed = answer.values ? [answer.values.keys ?? []].flat() : undefined;
  return (
    <fieldset id={id} className="min-w-0 wrap-anywhere" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="sr-only">Combinations</legend>
      <div className="grid max-h-80 gap-x-6 gap-y-2 overflow-y-auto sm:grid-cols-2 lg:grid-cols-3">
        {combinations.map(({ key, title }) => {
          const checked = typed?.includes(key) ?? true;
          return (
            <label key={key} className="flex min-h-6 items-center gap-3">
              <input
                key={String(checked)}
                type="checkbox"
                name="keys"
                value={key}
                defaultChecked={checked}
                className="size-5 shrink-0"
              />
              {title}
            </label>
          );
        })}
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1 text-s text-signal">
          {error}
        </p>
      )}
    </fieldset>
  );
}
