import type { Metadata } from "next";
import { JsonLd } from "@/components/catalog/json-ld";
import { articleData, breadcrumbData } from "@/components/catalog/structured-shop";
import { Article } from "@/components/content/article";
import { JournalList } from "@/components/content/journal-list";
import { env } from "@/lib/env";
import { dayOf, listJournal } from "@/lib/queries/content";
import { getStore } from "@/lib/queries/settings";
import { found, textMetadata } from "../../text-page";

type Props = { params: Promise<{ slug: string }> };

// Next wants one address to build with, also where somebody emptied the journal.
export const generateStaticParams = () => {
  const entries = listJournal().map(({ path }) => ({ slug: path.split("/").at(-1) ?? "" }));
  return entries.length > 0 ? entries : [{ slug: "placeholder" }];
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return textMetadata(`journal/${(await params).slug}`);
}

export default async function JournalEntryPage({ params }: Props) {
  const { slug } = await params;
  const [entry, store] = await Promise.all([found(`journal/${slug}`), getStore()]);
  const { title, summary, html, path, on, picture, alt } = entry;
  const others = listJournal().filter((other) => other.path !== path);
  return (
    <>
      {on && picture && (
        <JsonLd data={articleData({ title, summary, on, href: path, picture }, store, env.SITE_URL)} />
      )}
      <JsonLd
        data={breadcrumbData(
          [
            { name: "Journal", href: "/journal" },
            { name: title, href: path },
          ],
          env.SITE_URL,
        )}
      />
      <Article
        title={title}
        summary={summary}
        html={html}
        on={dayOf(on)}
        parent={{ label: "Journal", href: "/journal" }}
        cover={picture ? { src: picture, alt } : undefined}
      />
      {others.length > 0 && (
        <section aria-labelledby="more" className="page mt-16 border-t pt-12">
          <h2 id="more" className="mb-8 text-xl">
            More from the journal
          </h2>
          <JournalList entries={others.slice(0, 3).map((other) => ({ ...other, on: dayOf(other.on) }))} />
        </section>
      )}
    </>
  );
}
