/** Imports: what a run did, counted while it goes on; the memory it takes does not grow with the file. */
import { lineRange } from "@/lib/domain/imports/groups";
import type { Outcome, Result } from "./record";

const none = (): Record<Outcome, number> => ({ created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 });
const KEPT_PROBLEMS = 200;
const KEPT_LINES = 2_000;

export class Report {
  readonly rows = none();
  readonly products = none();
  /** Variants of products that were created, updated or unchanged. */
  variants = 0;
  pictures = 0;
  rowsDone = 0;
  /** The first of the products that failed or were skipped; the others are in import_rows. */
  readonly problems: { handle: string; lines: string; outcome: Outcome; message: string }[] = [];
  readonly #remarks = new Map<string, { count: number; lines: number[] }>();

  constructor(
    /** Null after a dry run. */
    readonly importId: string | null,
    readonly ownerName: string,
    readonly rowsTotal: number,
  ) {}

  add(result: Result, counts: { variants: number; pictures: number }): void {
    const { outcome, lines, handle, message } = result;
    this.rows[outcome] += lines.length;
    this.products[outcome] += 1;
    this.rowsDone += lines.length;
    this.variants += counts.variants;
    this.pictures += counts.pictures;
    if (message !== null && this.problems.length < KEPT_PROBLEMS)
      this.problems.push({ handle, lines: lineRange(lines), outcome, message });
    for (const { line, text } of result.notes) this.#remark(line, text);
  }

  /** Every remark once, with the lines that it is about, the most frequent first. */
  get remarks(): { text: string; count: number; lines: string }[] {
    return [...this.#remarks]
      .map(([text, { count, lines }]) => ({ text, count, lines: lineRange(lines.toSorted((a, b) => a - b)) }))
      .sort((a, b) => b.count - a.count);
  }

  get hasFailures(): boolean {
    return this.rows.failed > 0;
  }

  /** For the record of the run. */
  summary(): Record<string, unknown> {
    const { rows, products, variants, pictures } = this;
    return { rows, products, variants, pictures };
  }

  #remark(line: number, text: string): void {
    const there = this.#remarks.get(text);
    if (there) {
      there.count += 1;
      if (there.lines.length < KEPT_LINES) there.lines.push(line);
    } else if (this.#remarks.size < KEPT_LINES) this.#remarks.set(text, { count: 1, lines: [line] });
  }
}
