"use client";

import type { MouseEvent } from "react";
import { cx } from "@/components/ui/cx";
import { type Choice, choicesOf, type ProductOption, productPath, type Variant } from "@/lib/domain/catalog";
import { Dot } from "./dots";

/** From so many values on they stand closer. */
const MANY = 10;
/** What goes beyond so many folds: names take a line each, numbers stand side by side. */
const MOST = { long: 8, short: 30 };
const LONG = 12;

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
    const current = choices.findIndex((choice) => choice.chosen);
    const letters = choices.reduce((sum, choice) => sum + choice.value.length, 0);
    const most = letters > LONG * choices.length ? MOST.long : MOST.short;
    const others = options.filter((other) => other !== option).map((other) => other.name);
    const draw = (some: readonly Choice[]) => (
      <ul className={cx("flex flex-wrap", choices.length > MANY ? "gap-1.5" : "gap-2")}>
        {some.map((choice) => (
          <li key={choice.id} className="max-w-full">
            <Value choice={choice} isClose={choices.length > MANY} slug={slug} onChoose={choose} />
          </li>
        ))}
      </ul>
    );
    return (
      <fieldset key={option.name} className="grid min-w-0 gap-2">
        <legend className="mb-2 max-w-full text-s font-semibold wrap-anywhere">
          {option.name}
          {current >= 0 && <span className="font-normal">: {choices[current]?.value}</span>}
        </legend>
        {draw(choices.slice(0, most))}
        {choices.length > most && (
          <details open={current >= most}>
            <summary className="link inline-flex min-h-8 items-center text-s">
              {choices.length - most} more
            </summary>
            {draw(choices.slice(most))}
          </details>
        )}
        {others.length > 0 && choices.some((choice) => choice.sku !== null && !choice.fits) && (
          <p className="text-s text-quiet">
            Dashed: comes in another {others.join(" or ").toLowerCase()} only.
          </p>
        )}
      </fieldset>
    );
  });
}

function Value({
  choice,
  isClose,
  slug,
  onChoose,
}: {
  choice: Choice;
  isClose: boolean;
  slug: string;
  onChoose: (event: MouseEvent, sku: string) => void;
}) {
  const { sku } = choice;
  const look = cx(
    "inline-flex max-w-full items-center rounded-control wrap-anywhere",
    isClose ? "min-h-9 min-w-9 justify-center gap-2 px-2.5 py-1 text-s" : "min-h-target gap-2.5 px-4 py-2",
    choice.chosen ? "font-semibold outline-2 -outline-offset-2 outline-ink" : "hairline hover:bg-raised",
    !choice.chosen && !choice.fits && "border border-dashed border-control shadow-none",
    choice.soldOut && "text-quiet line-through",
  );
  const label = (
    <>
      {choice.swatch && <Dot value={choice.value} swatch={choice.swatch} size="large" />}
      <span className="min-w-0">{choice.value}</span>
      {choice.soldOut && <span className="sr-only">, sold out</span>}
      {!choice.fits && <span className="sr-only">, in another combination</span>}
    </>
  );
  if (sku === null) return <span className={look}>{label}</span>;
  return (
    <a
      href={productPath(slug, sku)}
      aria-current={choice.chosen ? "true" : undefined}
      onClick={(event) => onChoose(event, sku)}
      className={look}
    >
      {label}
    </a>
  );
}
