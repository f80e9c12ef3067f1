import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { backdropOf, Picture } from "@/components/ui/picture";
import { type Card, mediaPath, productPath } from "@/lib/domain/catalog";
import { HeroGratings } from "./hero-gratings";

/** The front page's statement, and one object in front of two gratings. */
export function Hero({
  card,
  statement,
  text,
  more,
}: {
  card: Card | null;
  statement: string;
  text: string | null;
  more: { href: string; label: string };
}) {
  return (
    <section className="grid lg:min-h-[min(78vh,48rem)] lg:grid-cols-[7fr_5fr]">
      <div className="flex flex-col justify-between gap-8 px-edge py-8 lg:gap-12 lg:py-16">
        <h1
          className={cx(
            "font-[640] wrap-anywhere",
            isShort(statement) ? "max-w-[5.5em] text-hero tracking-[-0.05em]" : "max-w-[11em] text-2xl",
          )}
        >
          {statement}
        </h1>
        <div className="flex flex-wrap items-end justify-between gap-8">
          {text && <p className="max-w-[25em] text-l text-quiet wrap-anywhere">{text}</p>}
          <LinkButton href={more.href as Route}>{more.label}</LinkButton>
        </div>
      </div>
      <div className="group/hero relative isolate overflow-hidden max-lg:order-first max-lg:aspect-square">
        <Picture
          src={card?.image ? mediaPath(card.image.key) : null}
          alt=""
          backdrop={backdropOf(card?.image?.backdrop ?? "vermilion")}
          sizes="(width >= 64rem) 42vw, 100vw"
          shape="fill"
          eager
          className="absolute inset-0 *:z-10"
        />
        <HeroGratings />
        {card && (
          <Link
            href={productPath(card.slug) as Route}
            className="absolute bottom-4 left-4 z-20 inline-flex min-h-6 items-center gap-3 text-s lg:bottom-6 lg:left-6"
          >
            <span className="link font-semibold">{card.name}</span>
            <span className="num">{card.price}</span>
          </Link>
        )}
      </div>
    </section>
  );
}

/** Whether its words fit in the largest type, none of them broken and all of them beside the picture. */
const isShort = (statement: string): boolean =>
  statement.length <= 40 && statement.split(/\s+/).every((word) => word.length <= 11);
