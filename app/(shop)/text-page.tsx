import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { JsonLd } from "@/components/catalog/json-ld";
import { breadcrumbData } from "@/components/catalog/structured-shop";
import { Article } from "@/components/content/article";
import { markdownPath } from "@/lib/domain/catalog";
import { env } from "@/lib/env";
import { getPage } from "@/lib/queries/content";
import { alternates } from "./alternates";

/** A page of content/ in the shop's frame. */
export async function TextPage({ name }: { name: string }) {
  const { title, summary, html, path } = await found(name);
  return (
    <>
      <JsonLd
        data={breadcrumbData(
          [
            { name: "Home", href: "/" },
            { name: title, href: path },
          ],
          env.SITE_URL,
        )}
      />
      <Article title={title} summary={summary} html={html} />
    </>
  );
}

/** Title, description and addresses of a page of content/. */
export async function textMetadata(name: string): Promise<Metadata> {
  const { title, summary, path, picture, alt } = await found(name);
  return {
    title,
    description: summary,
    alternates: await alternates(path, markdownPath(path)),
    openGraph: {
      title,
      description: summary,
      url: path,
      type: "article",
      images: [picture?.endsWith(".webp") ? { url: picture, alt } : "/share.png"],
    },
  };
}

/** The page of content/ by its name, or not found. */
export async function found(name: string) {
  return (await getPage(name)) ?? notFound();
}
