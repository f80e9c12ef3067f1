import type { Metadata } from "next";
import { getStore } from "@/lib/queries/settings";

/**
 * The one address of a page and the languages that it is there in: the shop's own, which is also everybody else's.
 * `markdown` is the same page as text, where there is one.
 */
export async function alternates(path: string, markdown?: string): Promise<Metadata["alternates"]> {
  const { locale } = await getStore();
  return {
    canonical: path,
    languages: { [locale]: path, "x-default": path },
    ...(markdown && { types: { "text/markdown": markdown } }),
  };
}
