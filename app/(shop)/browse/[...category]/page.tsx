import type { Metadata, Route } from "next";
import { permanentRedirect, redirect } from "next/navigation";
import { NotHere } from "@/components/layout/not-here";
import { categoryPath, readCategorySegments } from "@/lib/domain/catalog";
import { listPath, searchInput } from "@/lib/domain/search";
import { listCategory } from "@/lib/queries/catalog/category";
import { browse } from "@/lib/queries/catalog/search";
import { ListView } from "../../search/view";

export const instant = false;

type Props = {
  params: Promise<{ category: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const asked = readCategorySegments((await params).category);
  const name = asked?.path.split("/").at(-1)?.replaceAll("-", " ") ?? "All pieces";
  return {
    title: `${name.charAt(0).toUpperCase()}${name.slice(1)}, filtered`,
    robots: { index: false },
    alternates: asked && { canonical: categoryPath(asked.path) },
  };
}

/**
 * A category that was asked for with filters or in an order of its own: the dynamic twin of `/c/…`. An old or a hidden
 * one leads on as there, and what was asked for goes along.
 */
export default async function BrowseRoute({ params, searchParams }: Props) {
  const asked = readCategorySegments((await params).category);
  const input = searchInput.parse(await searchParams);
  const page = input.page > 1 ? input.page : (asked?.page ?? 1);
  const found = asked && (await browse(asked.path, { ...input, page }));
  const elsewhere = asked && !found ? await listCategory(asked.path, 1) : null;
  if (elsewhere && "moved" in elsewhere) {
    const place = { kind: "category", path: elsewhere.moved } as const;
    if (elsewhere.isHidden) redirect(listPath(place, { ...input, page: 1 }) as Route);
    permanentRedirect(listPath(place, { ...input, page }) as Route);
  }
  if (!asked || !found) return <NotHere title="No line crosses here." />;
  return (
    <ListView
      place={{ kind: "category", path: asked.path }}
      input={{ ...input, q: "", category: "", page }}
      found={found}
    />
  );
}
