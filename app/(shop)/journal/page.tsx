import type { Metadata } from "next";
import { JournalList } from "@/components/content/journal-list";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { dayOf, listJournal } from "@/lib/queries/content";
import { alternates } from "../alternates";

const summary = "What we work on, and what we learn by it.";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: "Journal",
    description: summary,
    alternates: await alternates("/journal", "/journal.md"),
    openGraph: { title: "Journal", description: summary, url: "/journal", images: ["/share.png"] },
  };
}

export default function JournalPage() {
  return (
    <div className="page pb-8">
      <div className="py-4">
        <Breadcrumb steps={[{ label: "Home", href: "/" }, { label: "Journal" }]} />
      </div>
      <header className="grid max-w-form gap-4 pt-8 pb-12 lg:pt-14">
        <h1 className="text-2xl">Journal</h1>
        <p className="text-l text-quiet">{summary}</p>
      </header>
      <JournalList entries={listJournal().map((entry) => ({ ...entry, on: dayOf(entry.on) }))} level={2} />
    </div>
  );
}
