import { bigPlaces, type Card } from "@/lib/domain/catalog";
import { ProductCard } from "./product-card";

/** A grid of products. `rhythm` gives a double-size picture now and then, `lead` only the first, left or right. */
export function Shelf({
  cards,
  rhythm = "even",
  eager = 0,
  level,
}: {
  cards: readonly Card[];
  rhythm?: "even" | "lead" | "lead-right" | "varied";
  /** How many of the first pictures are on the first screen. */
  eager?: number;
  level?: 2 | 3;
}) {
  const big = rhythm === "varied" ? bigPlaces(cards.length) : new Set(rhythm.startsWith("lead") ? [0] : []);
  return (
    <div className="shelf mx-auto max-w-page">
      {cards.map((card, i) => (
        <ProductCard
          key={card.id}
          card={card}
          big={big.has(i) && (rhythm === "lead-right" ? "right" : true)}
          eager={i < eager}
          level={level}
        />
      ))}
    </div>
  );
}
