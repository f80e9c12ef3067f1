"use client";

import { useFieldState } from "@/components/ui/form-state";
import { STAR } from "@/components/ui/rating";

const words = ["Poor", "Not good", "All right", "Good", "Excellent"] as const;

/** One to five stars, as radio buttons drawn as stars. */
export function StarField({ defaultValue }: { defaultValue?: number | undefined }) {
  const { error, value } = useFieldState("rating");
  const chosen = value ?? defaultValue?.toString();
  return (
    <fieldset className="grid gap-1.5" aria-describedby={error ? "rating-error" : undefined}>
      <legend className="text-s font-semibold">Stars</legend>
      <div className="-ml-1.5 flex w-max">
        {words.map((word, i) => {
          const stars = `${i + 1}`;
          return (
            <label
              key={stars}
              title={word}
              className="star relative grid size-target place-items-center text-ink has-focus-visible:outline-3 has-focus-visible:outline-focus"
            >
              <input
                key={`${chosen}`}
                type="radio"
                name="rating"
                id={i === 0 ? "rating" : `rating-${stars}`}
                value={stars}
                required
                defaultChecked={chosen === stars}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              <span className="sr-only">
                {stars} of 5, {word}
              </span>
              <svg viewBox="0 0 24 24" className="size-7 fill-none stroke-current" aria-hidden="true">
                <path d={STAR} strokeWidth="1.5" strokeLinejoin="round" />
              </svg>
            </label>
          );
        })}
      </div>
      {error && (
        <p id="rating-error" className="text-s text-signal">
          {error}
        </p>
      )}
    </fieldset>
  );
}
