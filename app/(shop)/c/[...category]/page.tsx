import type { Metadata, Route } from "next";
import { notFound, permanentRedirect, redirect } from "next/navigation";
import { CategoryHead } from "@/components/catalog/category-head";
import { FilterBar } from "@/components/catalog/filter-bar";
import { JsonLd } from "@/components/catalog/json-ld";
import { Shelf } from "@/components/catalog/shelf";
import { breadcrumbData, listData } from "@/components/catalog/structured-shop";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import {
  categoryPath,
  markdownPath,
  PAGE_SIZE,
  productPath,
  readCategorySegments,
} from "@/lib/domain/catalog";
import { EVERYTHING, searchSorts } from "@/lib/domain/search";
import { env } from "@/lib/env";
import { type CategoryPage, listCategory } from "@/lib/queries/catalog/category";
import { getStore } from "@/lib/queries/settings";
import { categoryShare, shareImage } from "@/lib/share/facts";
import { alternates } from "../../alternates";

type Props = { params: Promise<{ category: string[] }> };

// Next wants one address to build with; every real one is rendered at its first view and kept.
export const generateStaticParams = () => [{ category: ["placeholder"] }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const category = await read(params);
  const title = category.page > 1 ? `${category.name}, page ${category.page}` : category.name;
  const path = categoryPath(category.path, category.page);
  const description = category.description || undefined;
  return {
    title,
    description,
    alternates: await alternates(path, markdownPath(path)),
    openGraph: {
      title,
      description,
      url: path,
      images: [shareImage(`c/${category.path}`, categoryShare(await firstPage(category), await getStore()))],
    },
    twitter: { card: "summary_large_image" },
  };
}

export default async function CategoryRoute({ params }: Props) {
  const category = await read(params);
  const { path, page, pages, cards } = category;
  return (
    <>
      <JsonLd
        data={breadcrumbData(
          category.trail.map((step) => ({ name: step.name, href: categoryPath(step.path) })),
          env.SITE_URL,
        )}
      />
      {cards.length > 0 && (
        <JsonLd
          data={listData(
            { name: category.name, url: categoryPath(path, page), first: (page - 1) * PAGE_SIZE + 1 },
            cards.map((card) => ({ name: card.name, href: productPath(card.slug) })),
            env.SITE_URL,
          )}
        />
      )}
      <CategoryHead category={category} />
      {cards.length > 0 ? (
        <>
          <FilterBar
            place={{ kind: "category", path }}
            input={EVERYTHING}
            facets={category.facets}
            chosen={[]}
            total={category.total}
            sorts={{ current: null, all: searchSorts.filter((sort) => sort !== "relevance") }}
          />
          <Shelf cards={cards} rhythm="varied" eager={1} level={2} />
        </>
      ) : (
        <div className="page">
          <EmptyState
            title="Nothing here yet."
            action={<LinkButton href={"/search" as Route}>See everything</LinkButton>}
          >
            <p>The next run for this shelf is still being drawn.</p>
          </EmptyState>
        </div>
      )}
      <div className="mt-16">
        <Pagination page={page} pages={pages} hrefFor={(n) => categoryPath(path, n) as Route} />
      </div>
    </>
  );
}

/**
 * The category at an address. Unknown ones are not found, old ones lead to the new address, and one that is hidden to
 * the nearest above it, for as long as it is.
 */
async function read(params: Props["params"]): Promise<CategoryPage> {
  const asked = readCategorySegments((await params).category);
  if (!asked) notFound();
  const found = await listCategory(asked.path, asked.page);
  if (!found) notFound();
  if ("moved" in found && found.isHidden) redirect(categoryPath(found.moved) as Route);
  if ("moved" in found) permanentRedirect(categoryPath(found.moved, asked.page) as Route);
  if (!asked.isCanonical) permanentRedirect(categoryPath(asked.path, asked.page) as Route);
  return found;
}

/** A shared link shows the category, whichever of its pages it leads to. */
async function firstPage(category: CategoryPage): Promise<CategoryPage> {
  const first = category.page === 1 ? category : await listCategory(category.path, 1);
  return first && "cards" in first ? first : category;
}
