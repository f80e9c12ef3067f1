"use client";

import { useContext } from "react";
import { FormContext } from "@/components/ui/form-state";

/** Several of a list, each a tick of one name; what was ticked stays after an answer with errors. */
export function Ticks({
  name,
  label,
  options,
  chosen,
}: {
  name: string;
  label: string;
  options: readonly { id: string; label: string }[];
  chosen: readonly string[];
}) {
  const { values } = useContext(FormContext);
  const now = values ? [values[name] ?? []].flat() : chosen;
  return (
    <fieldset id={name} tabIndex={-1}>
      <legend className="mb-2 text-s font-semibold">{label}</legend>
      <div className="grid max-h-72 gap-1 overflow-y-auto py-1 pl-1">
        {options.map(({ id, label: text }) => (
          <label key={`${id}/${now.includes(id)}`} className="flex min-h-6 items-start gap-3">
            <input
              type="checkbox"
              name={name}
              value={id}
              defaultChecked={now.includes(id)}
              className="mt-0.5 size-5 shrink-0"
            />
            <span className="wrap-anywhere">{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
