import type { Metadata } from "next";
import { readCategorySegments } from "@/lib/domain/catalog";
import { searchInput } from "@/lib/domain/search";
import { SearchView } from "../../search/view";

export const instant = false;

export const metadata: Metadata = { title: "All pieces", robots: { index: false } };

type Props = {
  params: Promise<{ category: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** A category that was asked for in an order of its own: the dynamic twin of `/c/…`. */
export default async function BrowseRoute({ params, searchParams }: Props) {
  const asked = readCategorySegments((await params).category);
  const input = searchInput.parse(await searchParams);
  return <SearchView input={{ ...input, category: asked?.path ?? "", page: asked?.page ?? 1 }} />;
}
