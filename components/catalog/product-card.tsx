import type { Route } from "next";
import { Badge } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { backdropOf, Picture } from "@/components/ui/picture";
import { Price } from "@/components/ui/price";
import { type Card, mediaPath, productPath } from "@/lib/domain/catalog";
import { Dots } from "./dots";

const widths = {
  normal: "(width >= 64rem) 25vw, 50vw",
  big: "(width >= 64rem) 50vw, 100vw",
} as const;

/** A product in a list: picture, name, price, one quiet line, its colours. `big` takes two by two cells, left unless "right". */
export function ProductCard({
  card,
  big = false,
  eager = false,
  level = 3,
}: {
  card: Card;
  big?: boolean | "right";
  /** For pictures of the first screen. */
  eager?: boolean;
  level?: 2 | 3;
}) {
  const Name = `h${level}` as const;
  const badge = badgeOf(card);
  return (
    <article
      className={cx(
        "group/card relative grid min-w-0 grid-rows-[auto_1fr] gap-3",
        big && "col-span-2 lg:row-span-2 lg:grid-rows-[1fr_auto]",
        big === "right" && "lg:col-start-3 lg:row-start-1",
      )}
    >
      <span data-card-picture={card.id} className={cx("relative block", big && "lg:h-full")}>
        <Picture
          src={card.image && mediaPath(card.image.key)}
          alt={card.image?.alt ?? card.name}
          backdrop={backdropOf(card.image?.backdrop)}
          fit={card.image?.backdrop ? "contain" : "cover"}
          sizes={big ? widths.big : widths.normal}
          shape={big ? "square" : "tall"}
          eager={eager}
          grow
          className={cx(big && "lg:aspect-auto lg:h-full", card.band === "out" && card.image && "opacity-60")}
        />
        {badge && <Badge className="absolute top-2 left-2 sm:top-3 sm:left-3">{badge}</Badge>}
      </span>
      <div className="grid grid-cols-1 content-start gap-x-4 sm:grid-cols-[minmax(0,1fr)_auto]">
        <Name className="font-text text-m leading-normal font-semibold tracking-normal">
          <Link
            href={productPath(card.slug) as Route}
            className="line-clamp-2 after:absolute after:inset-0 hover:underline"
          >
            {card.name}
          </Link>
        </Name>
        <Price now={card.price} was={card.was} />
        <p className="truncate text-s text-quiet">{card.subtitle}</p>
        {card.swatches.length > 1 && (
          <Dots swatches={card.swatches} className="max-sm:mt-1.5 sm:justify-self-end" />
        )}
      </div>
    </article>
  );
}

/** The one word on a picture; none for what is simply for sale. */
function badgeOf(card: Card): string | null {
  if (card.band === "out") return "Sold out";
  if (card.band === "low") return "Last pieces";
  return card.isNew ? "New" : null;
}
