"use client";

import type { MouseEvent } from "react";
import { cx } from "@/components/ui/cx";
import { choicesOf, type ProductOption, productPath, type Variant } from "@/lib/domain/catalog";
import { Dot } from "./dots";

/**
 * The options of a product. Each value is a link to the page of its variant; with scripts the page changes in
 * place. What is sold out is struck, what changes another option as well is dashed.
 */
export function OptionPicker({
  slug,
  options,
  variants,
  chosen,
  onChoose,
}: {
  slug: string;
  options: readonly ProductOption[];
  variants: readonly Variant[];
  chosen: Variant;
  onChoose: (sku: string) => void;
}) {
  function choose(event: MouseEvent, sku: string) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onChoose(sku);
  }

  return options.map((option, place) => {
    const choices = choicesOf(option, place, variants, chosen);
    const current = choices.find((choice) => choice.chosen);
    return (
      <fieldset key={option.name} className="grid min-w-0 gap-2">
        <legend className="mb-2 text-s font-semibold">
          {option.name}
          {current && <span className="font-normal">: {current.value}</span>}
        </legend>
        <ul className="flex flex-wrap gap-2">
          {choices.map((choice) => {
            const { sku } = choice;
            const look = cx(
              "inline-flex min-h-target items-center gap-2.5 rounded-control px-4",
              choice.chosen
                ? "font-semibold outline-2 -outline-offset-2 outline-ink"
                : "hairline hover:bg-raised",
              !choice.chosen && !choice.fits && "border border-dashed border-control shadow-none",
              choice.soldOut && "text-quiet line-through",
            );
            const label = (
              <>
                {choice.swatch && <Dot value={choice.value} swatch={choice.swatch} size="large" />}
                {choice.value}
                {choice.soldOut && <span className="sr-only">, sold out</span>}
                {!choice.fits && <span className="sr-only">, in another combination</span>}
              </>
            );
            return (
              <li key={choice.id}>
                {sku === null ? (
                  <span className={look}>{label}</span>
                ) : (
                  <a
                    href={productPath(slug, sku)}
                    aria-current={choice.chosen ? "true" : undefined}
                    onClick={(event) => choose(event, sku)}
                    className={look}
                  >
                    {label}
                  </a>
                )}
              </li>
            );
          })}
        </ul>
      </fieldset>
    );
  });
}
