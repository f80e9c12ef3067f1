/** What the picture of a shared link shows, and its address: another price or picture has another address, so none is ever out of date. */
import { createHash } from "node:crypto";
import { type Card, openingVariant, type Shot, shotsFor } from "@/lib/domain/catalog";
import type { CategoryPage } from "@/lib/queries/catalog/category";
import type { Home } from "@/lib/queries/catalog/home";
import type { ProductView } from "@/lib/queries/catalog/product";
import type { Store } from "@/lib/queries/settings";

export interface ShareFacts {
  readonly shop: string;
  readonly title: string;
  /** One quiet line. */
  readonly note: string;
  /** Written out. */
  readonly price: string | null;
  readonly picture: Pick<Shot, "key" | "backdrop"> | null;
}

/** Pixels, as the places where links are shared want them. */
export const SHARE_SIZE = { width: 1200, height: 630 } as const;

/** Changes with the drawing, so that pictures drawn before are not taken for new ones. */
const DRAWING = "2";

/** Names the facts: twelve hexadecimal digits. */
export const markOf = (facts: ShareFacts): string =>
  createHash("sha256")
    .update(JSON.stringify([DRAWING, facts]))
    .digest("hex")
    .slice(0, 12);

/** The picture's address below `/og/`. `page` is "home", "p/SLUG" or "c/PATH". */
export const sharePath = (page: string, facts: ShareFacts): string => `/og/${page}/${markOf(facts)}.png`;

/** As a page's metadata names it. */
export const shareImage = (page: string, facts: ShareFacts) => ({
  url: sharePath(page, facts),
  ...SHARE_SIZE,
  type: "image/png",
  alt: [facts.title, facts.price].filter(Boolean).join(", "),
});

export function productShare(product: ProductView, store: Store): ShareFacts {
  const prices = product.variants.toSorted((a, b) => a.amount - b.amount);
  const [lowest, highest] = [prices[0], prices.at(-1)];
  const varies = lowest && highest && highest.amount > lowest.amount;
  return {
    shop: store.name,
    title: product.name,
    note: product.subtitle,
    price: lowest ? `${varies ? "from " : ""}${lowest.price}` : null,
    picture: pictureOf(shotsFor(product.shots, openingVariant(product.variants))[0]),
  };
}

export function categoryShare(category: CategoryPage, store: Store): ShareFacts {
  return {
    shop: store.name,
    title: category.name,
    note: category.total === 1 ? "1 piece" : `${category.total} pieces`,
    price: null,
    picture: pictureOf(firstPicture(category.cards)),
  };
}

export function homeShare(home: Home, store: Store): ShareFacts {
  return {
    shop: store.name,
    title: store.homeStatement ?? store.name,
    note: store.tagline ?? "",
    price: null,
    picture: pictureOf(home.hero?.image ?? firstPicture(home.newest)),
  };
}

const firstPicture = (cards: readonly Card[]) => cards.find((card) => card.image)?.image;

const pictureOf = (shot: Pick<Shot, "key" | "backdrop"> | null | undefined): ShareFacts["picture"] =>
  shot ? { key: shot.key, backdrop: shot.backdrop } : null;
