import type { Route } from "next";
import { Link } from "@/components/ui/link";

export interface JournalCard {
  path: string;
  title: string;
  summary: string;
  /** "28 November 2026" */
  on?: string | undefined;
  picture: string | null;
}

/** Entries of the journal side by side: picture, day, headline, what it is about. */
export function JournalList({ entries, level = 3 }: { entries: readonly JournalCard[]; level?: 2 | 3 }) {
  const Title = `h${level}` as const;
  return (
    <ul className="grid gap-x-4 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
      {entries.map(({ path, title, summary, on, picture }) => (
        <li key={path} className="relative grid content-start gap-3">
          {picture && (
            <span className="block overflow-hidden">
              {/* biome-ignore lint/performance/noImgElement: a finished file of its own size; drawings are no photographs. */}
              <img
                src={picture}
                alt=""
                width={1200}
                height={675}
                loading="lazy"
                decoding="async"
                className="aspect-video w-full object-cover"
              />
            </span>
          )}
          {on && <p className="num text-s text-quiet">{on}</p>}
          <Title className="text-l">
            <Link href={path as Route} className="after:absolute after:inset-0 hover:underline">
              {title}
            </Link>
          </Title>
          <p className="text-s text-quiet">{summary}</p>
        </li>
      ))}
    </ul>
  );
}
