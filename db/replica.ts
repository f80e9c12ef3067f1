/** Catalogue reads on a streaming replica that is known to have every change this process has heard of; else on the primary. */
import type postgres from "postgres";
import { connect, sql } from "./client";

/** Milliseconds after which the primary is asked instead: a page waits for the slower of two answers at most once. */
const ANSWER_MS = 2_000;
/** Between two looks at how far the replica is, while it is behind, and while all is well. */
const BEHIND_MS = 50;
const CALM_MS = 2_000;
/** So far behind it may be without a change that anybody told us of. */
const LAG_MS = 5_000;

/** What lib/caching tells across bundles: which the cache handlers are not part of. */
const told = globalThis as typeof globalThis & {
  /** Called when cache tags expired here. */
  tallystickExpired?: Set<() => void>;
  /** Whether other instances are heard, where pages are shared. */
  tallystickShared?: { isListening: boolean };
};

/** One replica beside its primary. */
export class Replica {
  /** Changes heard of; whoever looks at the replica notes it before. */
  #changes = 0;
  #isFresh = false;
  #isLooking = false;
  /** By the process's own clock: a page that is being prerendered may not ask for the time of day. */
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly primary: postgres.Sql,
    private readonly replica: postgres.Sql,
  ) {}

  /** Something changed: until the replica has it, the primary is asked. */
  changed(): void {
    this.#changes += 1;
    this.#isFresh = false;
    void this.#look();
  }

  /** Whether reads go to the replica now. */
  get isFresh(): boolean {
    return this.#isFresh && told.tallystickShared?.isListening !== false;
  }

  /** Runs a read, which may run twice. @throws what the primary answers */
  async read<T>(run: (client: postgres.Sql) => Promise<T>): Promise<T> {
    if (performance.now() - this.#lookedAt > CALM_MS) void this.#look();
    if (!this.isFresh) return run(this.primary);
    try {
      return await soon(run(this.replica));
    } catch {
      this.changed();
      return run(this.primary);
    }
  }

  /** Waits until the replica has what the primary had written when the last change was heard of. */
  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      for (let known = -1; known !== this.#changes; ) {
        known = this.#changes;
        this.#lookedAt = performance.now();
        const [row] = await this.primary<{ lsn: string }[]>`select pg_current_wal_insert_lsn()::text as lsn`;
        if (row) await this.#reach(row.lsn, known);
      }
      this.#isFresh = true;
    } catch {
      this.#isFresh = false;
    } finally {
      this.#lookedAt = performance.now();
      this.#isLooking = false;
    }
  }

  async #reach(lsn: string, known: number): Promise<void> {
    const begun = performance.now();
    for (;;) {
      const [row] = await soon(
        this.replica<{ has: boolean }[]>`
          select coalesce(pg_last_wal_replay_lsn() >= ${lsn}::pg_lsn, not pg_is_in_recovery()) as has`,
      );
      if (row?.has || known !== this.#changes) return;
      if (performance.now() - begun > LAG_MS) throw new Error("the replica is far behind");
      await new Promise((next) => setTimeout(next, BEHIND_MS));
    }
  }
}

function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ANSWER_MS} ms`)), ANSWER_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

// Hot reload evaluates this module again.
const held = globalThis as typeof globalThis & { tallystickReplica?: Replica };

if (process.env.DATABASE_REPLICA_URL && !held.tallystickReplica) {
  const replica = new Replica(sql, connect(process.env.DATABASE_REPLICA_URL));
  held.tallystickReplica = replica;
  told.tallystickExpired ??= new Set();
  told.tallystickExpired.add(() => replica.changed());
}

/**
 * Runs a read of what everybody may see: on the replica of DATABASE_REPLICA_URL where that is up to date, else on the
 * primary. For pages of the catalogue alone: nothing personal, and nothing that decides. @throws DatabaseFailure
 */
export function readPublic<T>(run: (client: postgres.Sql) => Promise<T>): Promise<T> {
  return held.tallystickReplica ? held.tallystickReplica.read(run) : run(sql);
}
