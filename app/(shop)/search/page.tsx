import type { Metadata } from "next";
import { searchInput } from "@/lib/domain/search";
import { search } from "@/lib/queries/catalog/search";
import { ListView } from "./view";

// Works without scripts: nothing here waits behind a boundary.
export const instant = false;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { q } = searchInput.parse(await searchParams);
  return { title: q ? `Search: ${q}` : "All pieces", robots: { index: false } };
}

export default async function SearchRoute({ searchParams }: Props) {
  const input = searchInput.parse(await searchParams);
  return <ListView place={{ kind: "search" }} input={input} found={await search(input)} />;
}
