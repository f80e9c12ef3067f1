import type { Metadata, Route } from "next";
import Link from "next/link";
import { SectionHead } from "@/components/catalog/section-head";
import { Shelf } from "@/components/catalog/shelf";
import { SearchForm } from "@/components/layout/search-form";
import { ShopFrame } from "@/components/layout/shop-frame";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getHome } from "@/lib/queries/catalog/home";
import { shopFrame } from "./(shop)/nav";

export const metadata: Metadata = { title: "Not here" };

export default async function NotFound() {
  const [frame, home] = await Promise.all([shopFrame(), getHome()]);
  return (
    <ShopFrame {...frame}>
      <div className="page">
        <EmptyState
          level={1}
          title="No line crosses here."
          action={<LinkButton href="/">To the front page</LinkButton>}
        >
          <p>The page has moved, sold out for good, or never was. Search for what you had in mind:</p>
          <SearchForm
            id="missing-search"
            label="Search for something else"
            className="mt-4 max-w-form text-m text-ink"
          />
        </EmptyState>
        {frame.links.length > 0 && (
          <nav aria-label="Categories" className="border-t py-8">
            <h2 className="mb-3 font-text text-s font-semibold tracking-normal">Or look around</h2>
            <ul className="flex flex-wrap gap-x-6 gap-y-1">
              {frame.links.map((link) => (
                <li key={link.href}>
                  <Link
                    href={link.href as Route}
                    prefetch={false}
                    className="link inline-flex min-h-8 items-center"
                  >
                    {link.label}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
      {home.best.length > 0 && (
        <section aria-label="Best sellers">
          <SectionHead title="What others take home" />
          <Shelf cards={home.best} />
        </section>
      )}
    </ShopFrame>
  );
}
