/** What the database knows about typed words: synonyms, whether a word is known, and what it may have been meant for. */
import { sql } from "@/db/client";
import { readPublic } from "@/db/replica";
import { correctionOf, nearOf, type Synonyms } from "@/lib/domain/search-words";

/** Milliseconds for which a change of the synonyms may go unnoticed by another process. */
const FRESH_MS = 5_000;

let held: { at: number; synonyms: Promise<Synonyms> } | undefined;

/** All synonyms: a few hundred short rows that every search needs, so each process keeps them for a moment. */
export function getSynonyms(): Promise<Synonyms> {
  if (!held || performance.now() - held.at > FRESH_MS) {
    const synonyms = readPublic((sql) => sql<{ terms: string[] }[]>`select terms from synonyms`).then(
      (rows) => rows.map(({ terms }) => terms),
    );
    held = { at: performance.now(), synonyms };
    synonyms.catch(() => {
      held = undefined;
    });
  }
  return held.synonyms;
}

/** Makes the next search read the synonyms anew. */
export function forgetSynonyms(): void {
  held = undefined;
}

/** A typed word as the catalogue sees it. */
export interface SeenWord {
  readonly word: string;
  /** Full text leaves it out: "the", "for". */
  readonly isStop: boolean;
  /** Products that have it; 0: unknown. */
  readonly uses: number;
  /** Some known word begins with it. */
  readonly isBegun: boolean;
  /** What it was probably meant for, where it is unknown. */
  readonly correction: string | undefined;
}

interface Row {
  isStop: boolean;
  uses: number;
  isBegun: boolean;
  near: { word: string; uses: number }[];
  similar: { word: string; uses: number }[];
}

/** Looks the words up; each costs a few probes of an index. */
export async function lookAt(words: readonly string[]): Promise<SeenWord[]> {
  if (words.length === 0) return [];
  const asked = words.map((word) => ({ word, near: nearOf(word), end: `${word}\u{10FFFF}` }));
  const rows = await readPublic(
    (sql) => sql<Row[]>`
    select x.stem is null as "isStop", coalesce(x.uses, 0) as uses,
      ${length2()} and exists (select from search_words k where k.word ~>=~ x.word and k.word ~<~ x.end) as "isBegun",
      case when x.stem is null or x.uses is not null then '[]'::json else (
        select coalesce(json_agg(json_build_object('word', k.word, 'uses', k.uses)), '[]'::json)
        from search_words k where k.stem is not null and k.near && array(select json_array_elements_text(x.near))) end as near,
      -- Two wrong letters in a long word: the letters in threes still resemble.
      case when x.stem is null or x.uses is not null or length(x.word) < 6 then '[]'::json else (
        select coalesce(json_agg(json_build_object('word', k.word, 'uses', k.uses)), '[]'::json)
        from (select * from search_words k where k.stem is not null and k.word % x.word order by similarity(k.word, x.word) desc limit 20) k) end as similar
    from (
      -- One probe a word: asked whether there is one, PostgreSQL would rather read all words at once.
      select a.*, (select max(k.uses) from search_words k where k.stem = a.stem) as uses
      from (
        select *, (tsvector_to_array(to_tsvector('shop', b.word)))[1] as stem
        from rows from (json_to_recordset(${JSON.stringify(asked)}::text::json) as (word text, near json, "end" text))
          with ordinality b
      ) a offset 0
    ) x order by x.ordinality`,
  );
  return words.map((word, at) => {
    const row = rows[at];
    return {
      word,
      isStop: row?.isStop ?? false,
      uses: row?.uses ?? 0,
      isBegun: row?.isBegun ?? false,
      correction: row && correctionOf(word, [...row.near, ...row.similar]),
    };
  });
}

// One letter begins a thousand words.
const length2 = () => sql`length(x.word) > 1`;
