/** Everything the sandbox knows: rows in memory, changed in transactions, each of which is one line of the journal. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Journal } from "./journal";
import type { Kind, Tables } from "./model";

type Change = [kind: Kind, id: string, row: Tables[Kind] | null];

const KINDS: readonly Kind[] = [
  "intent",
  "charge",
  "refund",
  "session",
  "session_extra",
  "session_of",
  "return_to",
  "method",
  "balance",
  "dispute",
  "transfer",
  "bank_payout",
  "account",
  "event",
  "delivery",
  "task",
  "replay",
  "control",
];

const DAY_MS = 86_400_000;
/** Past this many lines per row at start, the journal is written anew. */
const SLACK = 2;

export class Store {
  private readonly tables = new Map<Kind, Map<string, Tables[Kind]>>(KINDS.map((kind) => [kind, new Map()]));
  private readonly journal: Journal;
  private changes: Change[] | undefined;
  private undo: Change[] = [];

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.journal = new Journal(join(directory, "journal.jsonl"));
  }

  /** Reads the journal, drops what has lapsed, and opens it for writing. */
  async open(): Promise<void> {
    const lines = this.journal.replay((entry) => {
      for (const [kind, id, row] of entry as Change[]) this.set(kind, id, row);
    });
    const lapsed = this.dropLapsed(Date.now());
    let rows = 0;
    for (const table of this.tables.values()) rows += table.size;
    if (lapsed > 0 || lines > rows * SLACK + 100) this.journal.rewrite(this.snapshot());
    await this.journal.start();
  }

  get<K extends Kind>(kind: K, id: string): Tables[K] | undefined {
    return this.table(kind).get(id);
  }

  /** Oldest first. */
  all<K extends Kind>(kind: K): Tables[K][] {
    return [...this.table(kind).values()];
  }

  put<K extends Kind>(kind: K, id: string, row: Tables[K]): Tables[K] {
    this.change(kind, id, row);
    return row;
  }

  remove(kind: Kind, id: string): void {
    this.change(kind, id, null);
  }

  /** Runs `fn` whole or not at all. It must be synchronous: that is what keeps requests apart. Rows are never mutated, only replaced. */
  transaction<T>(fn: () => T): T {
    if (this.changes) return fn();
    this.changes = [];
    this.undo = [];
    try {
      const result = fn();
      if (this.changes.length > 0) this.journal.append(this.changes);
      return result;
    } catch (error) {
      for (const [kind, id, row] of this.undo.reverse()) this.set(kind, id, row);
      throw error;
    } finally {
      this.changes = undefined;
    }
  }

  /** Resolves when all that was changed so far is on the disk. */
  flushed(): Promise<void> {
    return this.journal.flushed();
  }

  get isBroken(): boolean {
    return this.journal.isBroken;
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private change<K extends Kind>(kind: K, id: string, row: Tables[K] | null): void {
    if (!this.changes) throw new Error("A change outside a transaction.");
    this.undo.push([kind, id, this.table(kind).get(id) ?? null]);
    this.changes.push([kind, id, row]);
    this.set(kind, id, row);
  }

  private table<K extends Kind>(kind: K): Map<string, Tables[K]> {
    return this.tables.get(kind) as Map<string, Tables[K]>;
  }

  private set(kind: Kind, id: string, row: Tables[Kind] | null): void {
    if (row === null) this.tables.get(kind)?.delete(id);
    else this.tables.get(kind)?.set(id, row);
  }

  /** Keys lapse after a day, events after thirty, as at Stripe. */
  private dropLapsed(now: number): number {
    const lapsed: [Kind, string][] = [];
    for (const [id, row] of this.table("replay")) if (row.at < now - DAY_MS) lapsed.push(["replay", id]);
    for (const [id, row] of this.table("event")) {
      if (row.created * 1000 < now - 30 * DAY_MS) lapsed.push(["event", id]);
    }
    for (const [id, row] of this.table("delivery")) {
      if (row.createdAt < now - 3 * DAY_MS && row.state !== "held") lapsed.push(["delivery", id]);
    }
    for (const [kind, id] of lapsed) this.tables.get(kind)?.delete(id);
    return lapsed.length;
  }

  private *snapshot(): Iterable<Change[]> {
    for (const [kind, table] of this.tables) {
      for (const [id, row] of table) yield [[kind, id, row]];
    }
  }
}
