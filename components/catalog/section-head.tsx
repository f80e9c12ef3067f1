import type { Route } from "next";
import { Link } from "@/components/ui/link";

/** The headline of a band, with the way to all of it. */
export function SectionHead({
  title,
  note,
  more,
}: {
  title: string;
  note?: string;
  more?: { href: string; label: string };
}) {
  return (
    <div className="page flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 pt-16 pb-6 lg:pt-24 lg:pb-8">
      <div className="grid gap-2">
        <h2 className="text-xl">{title}</h2>
        {note && <p className="max-w-read text-quiet">{note}</p>}
      </div>
      {more && (
        <Link href={more.href as Route} className="link inline-flex min-h-6 items-center text-s">
          {more.label}
        </Link>
      )}
    </div>
  );
}
