/** Records the statements of one transaction and sends the same ones raw, with the ids of another cart. */
import { randomBytes } from "node:crypto";
import type postgres from "postgres";
import { newId } from "@/db/id";

interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
  /** Statements that were sent before the answer of the one before. */
  readonly batch: number;
}

let open: Statement[] | undefined;
let turn = 0;

/** Give it to the client's `debug`. */
export function hear(_connection: number, text: string, parameters: unknown[]): void {
  open?.push({ text, parameters: [...parameters], batch: turn });
}

/** All that `work` sends, without BEGIN and COMMIT. Nothing else may use the client meanwhile. */
export async function record(work: () => Promise<unknown>): Promise<Statement[]> {
  const said: Statement[] = [];
  open = said;
  let going = true;
  const count = () => {
    turn += 1;
    if (going) setImmediate(count);
  };
  setImmediate(count);
  try {
    await work();
  } finally {
    going = false;
    open = undefined;
  }
  return said.filter(({ text }) => !/^\s*(begin|commit|rollback|savepoint)/i.test(text));
}

/** What differs from cart to cart: its cart's, checkout's and lines' ids and its guest's token. */
export type Names = readonly string[];

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const NUMBER = /\b[A-Z]{2}-[0-9A-Z]{7}\b/g;

/** Explains the recorded statements one by one, in a transaction that is rolled back; `to` names a cart of its own. */
export async function explain(
  { statements, names: from }: { statements: readonly Statement[]; names: Names },
  client: postgres.Sql,
  to: Names,
  shared: ReadonlySet<string>,
): Promise<{ ms: number; text: string; plan: string }[]> {
  const put = renamer(from, to, shared);
  const plans: { ms: number; text: string; plan: string }[] = [];
  const undo = new Error("undo");
  await client
    .begin(async (tx) => {
      for (const { text, parameters } of statements) {
        const values = parameters.map(put) as postgres.ParameterOrJSON<never>[];
        const rows = await tx.unsafe(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values);
        const plan = rows.map((row) => String(row["QUERY PLAN"])).join("\n");
        const ms = Number(/Execution Time: ([\d.]+)/.exec(plan)?.[1] ?? 0);
        plans.push({ ms, text: text.replace(/\s+/g, " ").trim().slice(0, 300), plan });
      }
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return plans;
}

/**
 * Makes a function that sends the recorded statements on `client` in one transaction. `from` names the recorded cart,
 * `shared` what all carts have in common; every other id in the recording is made anew for each run.
 */
export function replay(statements: readonly Statement[], from: Names, shared: ReadonlySet<string>) {
  const batches = [...new Set(statements.map(({ batch }) => batch))].map((batch) =>
    statements.filter((statement) => statement.batch === batch),
  );
  return async (client: postgres.Sql, to: Names): Promise<void> => {
    const put = renamer(from, to, shared);
    await client.begin(async (tx) => {
      for (const batch of batches) {
        await Promise.all(
          batch.map(({ text, parameters }) =>
            tx.unsafe(text, parameters.map(put) as postgres.ParameterOrJSON<never>[], {
              prepare: parameters.length > 0,
            }),
          ),
        );
      }
    });
  };
}

/** Puts the other cart's names, and fresh ids for those that only this run has. */
function renamer(from: Names, to: Names, shared: ReadonlySet<string>) {
  const names = new Map(from.map((name, i) => [name, to[i] ?? name]));
  const rename = (found: string) => {
    const known = names.get(found);
    if (known) return known;
    if (shared.has(found)) return found;
    const fresh = found.length === 36 ? newId() : number();
    names.set(found, fresh);
    return fresh;
  };
  return (value: unknown): unknown =>
    typeof value === "string"
      ? (names.get(value) ?? value.replace(UUID, rename).replace(NUMBER, rename))
      : value;
}

function number(): string {
  return `MR-${randomBytes(8).toString("hex").toUpperCase().slice(0, 7)}`;
}
