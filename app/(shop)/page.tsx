import type { Metadata } from "next";
import { CategoryTiles } from "@/components/catalog/category-tiles";
import { Hero } from "@/components/catalog/hero";
import { JsonLd } from "@/components/catalog/json-ld";
import { Promises } from "@/components/catalog/promises";
import { RecentlyViewed } from "@/components/catalog/recent";
import { SectionHead } from "@/components/catalog/section-head";
import { Shelf } from "@/components/catalog/shelf";
import { shopData } from "@/components/catalog/structured-shop";
import { JournalList } from "@/components/content/journal-list";
import { type Card, categoryPath } from "@/lib/domain/catalog";
import { env } from "@/lib/env";
import { getHome } from "@/lib/queries/catalog/home";
import { dayOf, listJournal } from "@/lib/queries/content";
import { getStore, type Store } from "@/lib/queries/settings";
import { homeShare, shareImage } from "@/lib/share/facts";
import { alternates } from "./alternates";

export async function generateMetadata(): Promise<Metadata> {
  const [home, store] = await Promise.all([getHome(), getStore()]);
  return {
    alternates: await alternates("/"),
    openGraph: { url: "/", siteName: store.name, images: [shareImage("home", homeShare(home, store))] },
    twitter: { card: "summary_large_image" },
  };
}

export default async function HomePage() {
  const [home, store] = await Promise.all([getHome(), getStore()]);
  const journal = listJournal();
  return (
    <>
      <JsonLd data={shopData(store, env.SITE_URL)} />
      <Hero
        card={home.hero}
        statement={store.homeStatement ?? store.name}
        text={store.homeText}
        more={{ href: "/search?sort=newest", label: "See the new run" }}
      />
      {home.newest.length > 0 && (
        <section aria-label="The new run">
          <SectionHead title="The new run" more={{ href: "/search", label: `All ${home.total} pieces` }} />
          <Shelf cards={home.newest} rhythm="lead" />
        </section>
      )}
      {home.best.length > 0 && (
        <section aria-label="Best sellers">
          <SectionHead
            title="Best sellers"
            more={{ href: "/search?sort=best-selling", label: "What others take home" }}
          />
          <Shelf cards={home.best} />
        </section>
      )}
      <Promises promises={promisesOf(store)} />
      {home.bands.slice(0, SHELVES).map((band, i) => (
        <section key={band.path} aria-label={band.name}>
          <SectionHead
            title={band.name}
            note={band.description}
            more={{ href: categoryPath(band.path), label: `All ${band.count} in ${band.name}` }}
          />
          <Shelf {...rhythmOf(band.cards, i)} />
        </section>
      ))}
      <CategoryTiles
        tiles={home.bands
          .slice(SHELVES)
          .flatMap(({ cards: [card], ...band }) => (card ? [{ ...band, card }] : []))}
      />
      {journal.length > 0 && (
        <section aria-label="Journal">
          <SectionHead title="Journal" more={{ href: "/journal", label: "All entries" }} />
          <div className="page">
            <JournalList entries={journal.slice(0, 3).map((entry) => ({ ...entry, on: dayOf(entry.on) }))} />
          </div>
        </section>
      )}
      <RecentlyViewed />
    </>
  );
}

// Long shelves for the first categories; the others share a row.
const SHELVES = 3;

/** Five pieces make two rows around a large one, by turns left and right; four make one even row. */
function rhythmOf(cards: readonly Card[], place: number) {
  if (cards.length < 5 || place % 2 === 1) return { cards: cards.slice(0, 4) };
  return { cards, rhythm: place % 4 === 0 ? ("lead-right" as const) : ("lead" as const) };
}

function promisesOf({ delivery, returnWindowDays, cashOnDelivery }: Store) {
  const days = delivery ? `${delivery.daysMin} to ${delivery.daysMax} working days` : "a few days";
  return [
    {
      title: `With you in ${days}`,
      text: delivery?.freeOver ? `Free over ${delivery.freeOver}` : "Packed by hand",
    },
    { title: `${returnWindowDays} days to return`, text: "From the page of your order" },
    { title: "No account needed", text: "A link in the mail leads to your order" },
    { title: "Pay as you like", text: cashOnDelivery ? "Card, wallet, or on delivery" : "Card or wallet" },
  ];
}
