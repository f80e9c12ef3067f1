"use client";

import type { Route } from "next";
import { useEffect, useRef, useState } from "react";
import { Link } from "@/components/ui/link";
import { backdropOf, Picture } from "@/components/ui/picture";
import { Price } from "@/components/ui/price";
import { type Card, mediaPath, productPath } from "@/lib/domain/catalog";
import { forgetAll } from "./recent-list";

/** The pieces that were looked at, and the button that forgets them. */
export function RecentShelf({ cards }: { cards: readonly Card[] }) {
  const [isForgotten, setIsForgotten] = useState(false);
  const told = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    if (isForgotten) told.current?.focus();
  }, [isForgotten]);

  if (isForgotten)
    return (
      <p ref={told} tabIndex={-1} role="status" className="page mt-16 border-t py-8 text-quiet">
        Forgotten. This browser keeps no list of what you looked at.
      </p>
    );
  return (
    <section aria-labelledby="recent-title" className="mt-16 border-t">
      <div className="page flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 pt-12 pb-6">
        <h2 id="recent-title" className="text-l">
          Seen lately
        </h2>
        <button
          type="button"
          onClick={() => {
            forgetAll();
            setIsForgotten(true);
          }}
          className="link min-h-6 text-s"
        >
          Forget these
        </button>
      </div>
      <ul className="page grid auto-cols-[8.5rem] grid-flow-col gap-3 overflow-x-auto pb-2 lg:auto-cols-auto lg:grid-flow-row lg:grid-cols-6 lg:gap-4">
        {cards.map((card) => (
          <li key={card.id} className="group/card relative grid content-start gap-2">
            <Picture
              src={card.image && mediaPath(card.image.key)}
              alt=""
              backdrop={backdropOf(card.image?.backdrop)}
              sizes="(width >= 64rem) 16vw, 136px"
            />
            <p className="grid text-s">
              <Link
                href={productPath(card.slug) as Route}
                className="line-clamp-2 font-semibold wrap-anywhere after:absolute after:inset-0 hover:underline"
              >
                {card.name}
              </Link>
              {card.band === "out" ? (
                <span className="text-quiet">Sold out</span>
              ) : (
                <Price now={card.price} was={card.was} />
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
