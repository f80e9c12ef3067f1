import type { Metadata } from "next";
import { SearchForm } from "@/components/layout/search-form";
import { ShopFrame } from "@/components/layout/shop-frame";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { shopNav } from "./(shop)/nav";

export const metadata: Metadata = { title: "Not here" };

export default async function NotFound() {
  return (
    <ShopFrame links={await shopNav()}>
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
      </div>
    </ShopFrame>
  );
}
