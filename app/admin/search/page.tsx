import type { Metadata } from "next";
import { PageHead, Panel } from "@/components/admin/page-head";
import { SearchTable } from "@/components/admin/search-report";
import { NewSynonyms, SynonymList } from "@/components/admin/synonym-forms";
import { NotHere } from "@/components/layout/not-here";
import { type Query, textOf } from "@/lib/domain/back-office";
import { readSearchReport } from "@/lib/queries/admin/search";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";
import { formKey, UNDONE, undoOn } from "../undo";

export const instant = false;
export const metadata: Metadata = { title: "Search" };

const DONE: Readonly<Record<string, string>> = {
  undone: UNDONE,
  added: "The words are added; searches take them within seconds.",
  changed: "The words are changed.",
  removed: "The words are removed.",
};

export default async function AdminSearch({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from="/admin/search" />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const [report, { timeZone }, undo] = await Promise.all([
    readSearchReport(staff),
    getStore(),
    undoOn(staff, query, { back: "/admin/search", subjects: ["synonyms"] }),
  ]);
  const { days, searches, empty, top, missing, synonyms } = report;
  const moments = { timeZone, now: new Date() };
  return (
    <>
      <PageHead
        title="Search"
        line={
          <span className="num">
            {searches} {searches === 1 ? "search" : "searches"} in {days} days, {empty} of them found nothing.
          </span>
        }
        done={DONE[textOf(query, "done")]}
        undo={undo}
      />
      <div key={formKey(query)} className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-2">
        <Panel title="Found nothing" id="missing">
          {missing.length > 0 ? (
            <SearchTable caption="Searches that found nothing" rows={missing} {...moments} />
          ) : (
            <p className="text-quiet">Everybody found something.</p>
          )}
        </Panel>
        <Panel title="Searched most" id="top">
          {top.length > 0 ? (
            <SearchTable caption="Searches by how often they were made" rows={top} {...moments} />
          ) : (
            <p className="text-quiet">Nobody has searched yet.</p>
          )}
        </Panel>
        <Panel title="Words that mean the same" id="synonyms">
          <div className="grid grid-cols-1 gap-8">
            <NewSynonyms count={synonyms.length} />
            <SynonymList synonyms={synonyms} />
          </div>
        </Panel>
      </div>
    </>
  );
}
