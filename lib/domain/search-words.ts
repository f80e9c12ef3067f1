/** Search: how typed words become a full-text query, and which known word a mistyped one stands for. */

const MOST_WORDS = 8;

/** The words of a text: letters and digits without accents, lower case, at most eight. */
export function wordsOf(text: string): string[] {
  const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? [])
    .slice(0, MOST_WORDS)
    .map((word) => [...word].slice(0, 60).join(""));
}

/** Terms that mean the same; each is one or more words. */
export type Synonyms = readonly (readonly string[])[];

/** One word of a query with everything that may stand for it, as PostgreSQL reads it. */
export interface Term {
  readonly words: readonly string[];
  readonly query: string;
  /** All that may stand for it, where each is one word. */
  readonly singles: readonly string[] | undefined;
}

const phrase = (words: readonly string[]) =>
  words.length > 1 ? `(${words.join(" <-> ")})` : (words[0] ?? "");

/**
 * The words as terms. Where a run of them is a synonym ("night stand"), it becomes one term together with what means
 * the same; the longest run wins.
 */
export function termsOf(words: readonly string[], synonyms: Synonyms): Term[] {
  const known = synonyms.map((terms) => terms.map(wordsOf).filter((term) => term.length > 0));
  const terms: Term[] = [];
  for (let at = 0; at < words.length; ) {
    const run = longestRun(words, at, known);
    const own = words.slice(at, at + run.length);
    const same = run.group.filter((term) => !isSame(term, own));
    const others = same.map(phrase);
    // The words of a run also count one by one: "coffee table" finds "table for coffee".
    const self = own.length > 1 ? `(${own.join(" & ")})` : (own[0] ?? "");
    const alternatives = [own, ...same];
    terms.push({
      words: own,
      query: others.length > 0 ? `(${[self, ...others].join(" | ")})` : self,
      singles: alternatives.every((term) => term.length === 1) ? alternatives.flat() : undefined,
    });
    at += run.length;
  }
  return terms;
}

function longestRun(words: readonly string[], at: number, groups: readonly (readonly string[][])[]) {
  let best: { length: number; group: readonly string[][] } = { length: 1, group: [] };
  for (const group of groups) {
    for (const term of group) {
      const fits = isSame(term, words.slice(at, at + term.length));
      if (fits && (term.length > best.length || best.group.length === 0))
        best = { length: term.length, group };
    }
  }
  return best;
}

// A plural is the same word to a synonym; full text does the rest.
const singular = (word: string) =>
  word.length > 3 ? word.replace(/(?<=ch|sh|ss|x)es$|(?<=[^s])s$/, "") : word;
const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((word, i) => singular(word) === singular(b[i] ?? ""));

/** All terms, each of which must be there. */
export const allOf = (terms: readonly Term[]): string => terms.map(({ query }) => query).join(" & ");

/** Letters that must be put in, left out, changed or swapped with their neighbour to make one word of the other. */
export function editDistance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** The word, and what is left of it without one of its letters: see search_near in the database. */
export function nearOf(word: string): string[] {
  const letters = [...word];
  if (letters.length < 3 || letters.length > 24) return [word];
  return [...new Set([word, ...letters.map((_, i) => letters.toSpliced(i, 1).join(""))])];
}

export interface KnownWord {
  readonly word: string;
  /** Products that have it. */
  readonly uses: number;
}

/** Whether a correction is hardly to be doubted: one letter of a long word, and not its first. */
export const isSlip = (word: string, correction: string): boolean =>
  word.length >= 6 && word[0] === correction[0] && editDistance(word, correction) === 1;

/** The known word that a mistyped one most likely stands for; undefined where none is near enough. */
export function correctionOf(word: string, candidates: readonly KnownWord[]): string | undefined {
  const most = word.length < 3 ? 0 : word.length < 8 ? 1 : 2;
  return candidates
    .map((known) => ({ ...known, distance: editDistance(word, known.word) }))
    .filter(({ distance }) => distance > 0 && distance <= most)
    .sort(
      (a, b) =>
        a.distance - b.distance ||
        // The first letter is seldom wrong.
        Number(a.word[0] !== word[0]) - Number(b.word[0] !== word[0]) ||
        b.uses - a.uses ||
        (a.word < b.word ? -1 : 1),
    )[0]?.word;
}
