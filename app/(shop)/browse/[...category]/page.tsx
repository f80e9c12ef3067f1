import type { Route } from "next";
import { notFound, redirect } from "next/navigation";
import { readCategorySegments } from "@/lib/domain/catalog";
import { searchInput, searchPath } from "@/lib/domain/search";

export const instant = false;

type Props = {
  params: Promise<{ category: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** A category that was asked for in an order or with filters: the search page shows it. */
export default async function BrowseRoute({ params, searchParams }: Props) {
  const asked = readCategorySegments((await params).category);
  if (!asked) notFound();
  const input = searchInput.parse(await searchParams);
  redirect(searchPath({ ...input, category: asked.path, page: asked.page }) as Route);
}
