import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Prose } from "./prose";

/** A page of text: headline, what it is about in a sentence, the text. */
export function Article({
  title,
  summary,
  html,
  on,
  parent,
  cover,
}: {
  title: string;
  summary: string;
  html: string;
  /** "28 November 2026", for entries of the journal. */
  on?: string | undefined;
  /** The list that it stands in. */
  parent?: { label: string; href: string };
  /** A wide picture above the text, sixteen by nine. */
  cover?: { src: string; alt: string } | undefined;
}) {
  return (
    <article className="page pb-8">
      <div className="py-4">
        <Breadcrumb steps={[{ label: "Home", href: "/" }, ...(parent ? [parent] : []), { label: title }]} />
      </div>
      <header className="grid max-w-form gap-4 pt-8 pb-10 lg:pt-14">
        {on && <p className="num text-s text-quiet">{on}</p>}
        <h1 className="text-2xl">{title}</h1>
        <p className="text-l text-quiet">{summary}</p>
      </header>
      {cover && (
        // biome-ignore lint/performance/noImgElement: a finished file of its own size; drawings are no photographs.
        <img
          src={cover.src}
          alt={cover.alt}
          width={1200}
          height={675}
          fetchPriority="high"
          className="mb-12 h-auto w-full max-w-form lg:max-w-[60rem]"
        />
      )}
      <div className="max-w-form">
        <Prose html={html} />
      </div>
    </article>
  );
}
