"use client";

import { Button } from "@/components/ui/button";

const FIELDS = [
  { field: "price", label: "price" },
  { field: "compareAtPrice", label: "former price" },
  { field: "weight", label: "weight" },
  { field: "cost", label: "cost" },
] as const;

/** Copies what the first variant says into all below it. Nothing is saved before the form is. Needs scripts. */
export function FillDown() {
  return (
    <p className="mb-3 flex flex-wrap items-center gap-2 text-s unscripted:hidden">
      <span className="text-quiet">Fill down from the first:</span>
      {FIELDS.map(({ field, label }) => (
        <Button key={field} look="line" small onClick={() => fill(field)}>
          {label}
        </Button>
      ))}
      <Button look="line" small onClick={numberSkus}>
        SKU with a number
      </Button>
    </p>
  );
}

function inputsOf(field: string): HTMLInputElement[] {
  const found = document.querySelectorAll<HTMLInputElement>(`input[name^="variants."][name$=".${field}"]`);
  // What is folded counts; a page that was left stays in the document, hidden as a whole.
  return [...found].filter((input) => input.form?.checkVisibility());
}

function fill(field: string) {
  const [first, ...rest] = inputsOf(field);
  for (const input of rest) input.value = first?.value ?? "";
}

/** "MUG", "MUG-2", "MUG-3": a SKU is one variant's alone. */
function numberSkus() {
  const [first, ...rest] = inputsOf("sku");
  const stem = (first?.value ?? "").replace(/-1$/, "");
  for (const [i, input] of rest.entries()) input.value = `${stem}-${i + 2}`;
}
