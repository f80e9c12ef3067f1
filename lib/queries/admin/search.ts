/** What shoppers searched in the last 30 days, what they did not find, and the words that mean the same. For admins only. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";

const DAYS = 30;
const ROWS = 50;

export interface Searched {
  readonly query: string;
  readonly times: number;
  /** What the latest search found. */
  readonly results: number;
  readonly last: Date;
}

/** Words that mean the same. */
export interface SynonymList {
  readonly id: string;
  readonly version: number;
  readonly terms: readonly string[];
}

export interface SearchReport {
  readonly days: number;
  readonly searches: number;
  /** Searches that found nothing. */
  readonly empty: number;
  readonly top: readonly Searched[];
  /** Queries that find nothing, the commonest first. */
  readonly missing: readonly Searched[];
  readonly synonyms: readonly SynonymList[];
}

type Row = Omit<Searched, "last"> & { last: string };

/** The report, with queries of the same words in whatever case taken together. */
export async function readSearchReport(_admin: Admin): Promise<SearchReport> {
  const since = sql`created_at > shop_now() - make_interval(days => ${DAYS})`;
  const asked = sql`
    select lower(query) as query, count(*)::int as times, (array_agg(results order by created_at desc))[1] as results,
      max(created_at) as last
    from search_log where ${since} group by lower(query)`;
  const [top, missing, [sums], synonyms] = await Promise.all([
    sql<Row[]>`select * from (${asked}) a order by times desc, query limit ${ROWS}`,
    sql<
      Row[]
    >`select * from (${asked}) a where results = 0 order by times desc, last desc, query limit ${ROWS}`,
    sql<{ searches: number; empty: number }[]>`
      select count(*)::int as searches, (count(*) filter (where results = 0))::int as empty from search_log where ${since}`,
    sql<SynonymList[]>`select id, version, terms from synonyms order by terms[1], id`,
  ]);
  const dated = (rows: readonly Row[]) => rows.map((row): Searched => ({ ...row, last: new Date(row.last) }));
  return {
    days: DAYS,
    searches: sums?.searches ?? 0,
    empty: sums?.empty ?? 0,
    top: dated(top),
    missing: dated(missing),
    synonyms: [...synonyms],
  };
}
