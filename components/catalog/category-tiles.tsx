import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { backdropOf, Picture } from "@/components/ui/picture";
import { type Card, categoryPath, mediaPath } from "@/lib/domain/catalog";

/** Categories side by side, each behind one of its pieces: the quick way in where a shelf of each would be too long. */
export function CategoryTiles({
  tiles,
}: {
  tiles: readonly { name: string; path: string; description: string; count: number; card: Card }[];
}) {
  if (tiles.length === 0) return null;
  return (
    <ul className="page grid gap-x-4 gap-y-8 pt-16 sm:grid-cols-3 lg:pt-24">
      {tiles.map(({ name, path, description, count, card }) => (
        <li key={path}>
          <article className="relative grid content-start gap-3">
            <Picture
              src={card.image && mediaPath(card.image.key)}
              alt=""
              backdrop={backdropOf(card.image?.backdrop)}
              fit={card.image?.backdrop ? "contain" : "cover"}
              sizes="(width >= 40rem) 33vw, 100vw"
              shape="square"
              grow
            />
            <div className="grid gap-1">
              <h2 className="flex items-baseline justify-between gap-4 text-xl">
                <Link
                  href={categoryPath(path) as Route}
                  className="after:absolute after:inset-0 hover:underline"
                >
                  {name}
                </Link>
                <span className="num font-text text-s font-normal tracking-normal text-quiet">
                  {count} {count === 1 ? "piece" : "pieces"}
                </span>
              </h2>
              <p className="max-w-[25em] text-quiet">{description}</p>
            </div>
          </article>
        </li>
      ))}
    </ul>
  );
}
