/**
 * postgres.js with its gaps closed: waits have an end, and a transaction whose connection died touches nothing more.
 *
 * postgres.js sends the next statement of such a transaction, if only its rollback, to the dead connection object. That
 * throws outside of any promise (the process dies), or lands on the connection's next life: outside the transaction.
 */
import type postgres from "postgres";
import { DatabaseFailure, databaseFailureOf, isConnectionLost } from "./failures";

/** Milliseconds for a free connection. A shopper should rather hear "busy" than look at a white page; jobs can wait. */
const waitMs = () => Number(process.env.DATABASE_WAIT_MS ?? 5_000);
/**
 * Milliseconds for an answer. PostgreSQL ends a statement itself after 5 s: past this the network is dead. Whoever
 * raises statement_timeout raises DATABASE_PATIENCE_MS too.
 */
const answerMs = () => Number(process.env.DATABASE_PATIENCE_MS ?? 15_000);

type Client = postgres.Sql | postgres.TransactionSql;
type Work = (tx: postgres.TransactionSql) => unknown;
type Query = Promise<unknown> & { active?: boolean; state?: unknown; strings?: readonly string[] };
type Start = (work: Work) => Promise<unknown>;

/** One connection's part in a transaction. */
interface Life {
  lost: boolean;
}

/**
 * The same client, safe. Statements with parameters are prepared, which Drizzle does not do by itself: once per
 * connection, one round trip, no planning. DATABASE_PREPARE=0 turns that off, for poolers that hand a connection to
 * somebody else between statements.
 */
export function guarded<C extends Client>(client: C, life?: Life): C {
  const prepares = process.env.DATABASE_PREPARE !== "0";
  return new Proxy(client, {
    apply(target, self, args) {
      const made: unknown = Reflect.apply(target as unknown as (...a: unknown[]) => unknown, self, args);
      // sql(values) and sql`fragment` in another query are values; only what is awaited is sent.
      return isQuery(made) ? bounded(made, life) : made;
    },
    get(target, name) {
      if (name === "unsafe") {
        return (query: string, parameters: postgres.ParameterOrJSON<never>[] = []) =>
          bounded(target.unsafe(query, parameters, { prepare: prepares && parameters.length > 0 }), life);
      }
      if (name === "begin" && "begin" in target)
        return (work: Work) => begin((run) => target.begin(run), work);
      if (name === "savepoint" && "savepoint" in target)
        return (work: Work) =>
          new Promise((resolve, reject) => {
            const part = life ?? { lost: false };
            target.savepoint((tx) => shielded(guarded(tx, part), work, part, reject)).then(resolve, reject);
          });
      return Reflect.get(target, name);
    },
  });
}

function begin(start: Start, work: Work): Promise<unknown> {
  const life: Life = { lost: false };
  let stage: "waiting" | "working" | "committing" | "late" = "waiting";
  return new Promise((resolve, reject) => {
    let timer = setTimeout(() => {
      stage = "late";
      reject(new DatabaseFailure("busy", new Error(`no free connection in ${waitMs()} ms`)));
    }, waitMs());
    const fail = (error: unknown) => {
      life.lost ||= isConnectionLost(error);
      clearTimeout(timer);
      reject(stage === "committing" && life.lost ? new DatabaseFailure("unknown_outcome", error) : error);
    };
    const run: Work = async (tx) => {
      clearTimeout(timer);
      // Nobody waits any more; throwing rolls back what has not begun.
      if (stage === "late") throw new Error("came too late");
      stage = "working";
      const result = await shielded(guarded(tx, life), work, life, fail);
      stage = "committing";
      timer = setTimeout(() => fail(noAnswer()), answerMs());
      return result;
    };
    start(run).then((result) => {
      clearTimeout(timer);
      resolve(result);
    }, fail);
  });
}

/**
 * Runs the work; where its connection died the failure goes to `fail` and postgres.js hears nothing, ever: it would
 * try to roll back.
 */
async function shielded(
  tx: postgres.TransactionSql,
  work: Work,
  life: Life,
  fail: (error: unknown) => void,
): Promise<unknown> {
  let failure: unknown;
  try {
    const result = await work(tx);
    if (!life.lost) return result;
    failure = new DatabaseFailure("unavailable", new Error("the connection was cut"));
  } catch (error) {
    if (!life.lost && !isConnectionLost(error)) throw error;
    life.lost = true;
    failure = error;
  }
  fail(failure);
  return new Promise(() => {});
}

/** The query with an end to its waiting, and typed failures. */
function bounded<Q extends Query>(query: Q, life: Life | undefined): Q {
  let answer: Promise<unknown> | undefined;
  return new Proxy(query, {
    get(target, name, proxy) {
      if (name === "then") {
        answer ??= ask(target, life);
        return answer.then.bind(answer);
      }
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function" || name === "constructor") return value;
      return (...args: unknown[]) => {
        // `catch` and `finally` go through our `then`; `values` and the like answer the query itself.
        const self = name === "catch" || name === "finally" ? proxy : target;
        const result: unknown = Reflect.apply(value, self, args);
        return result === target ? proxy : result;
      };
    },
  });
}

function ask(query: Query, life: Life | undefined): Promise<unknown> {
  if (life?.lost)
    return Promise.reject(new DatabaseFailure("unavailable", new Error("the connection was cut before")));
  return new Promise((resolve, reject) => {
    const traced = statementTrace(query);
    const fail = (error: unknown) => {
      clearTimeout(timer);
      traced?.(error);
      if (life) life.lost ||= isConnectionLost(error);
      // Inside a transaction `withTx` decides: it may try again.
      reject(life ? error : (databaseFailureOf(error) ?? error));
    };
    let timer = setTimeout(() => {
      if (!query.state) fail(new DatabaseFailure("busy", new Error(`no free connection in ${waitMs()} ms`)));
      else timer = setTimeout(() => fail(noAnswer()), answerMs() - waitMs());
    }, waitMs());
    query.then((rows) => {
      clearTimeout(timer);
      traced?.();
      resolve(rows);
    }, fail);
  });
}

/** Where traces are on (lib/running/trace.mjs), what hears of a statement's end. */
function statementTrace({ strings }: Query): ((error?: unknown) => void) | undefined {
  const held = globalThis as { [key: symbol]: unknown };
  const begin = held[Symbol.for("tallystick.trace.statement")] as
    | ((text: string) => ((error?: unknown) => void) | undefined)
    | undefined;
  return begin?.(strings?.join("$") ?? "");
}

function isQuery(value: unknown): value is Query {
  return value instanceof Promise;
}

function noAnswer(): Error {
  return Object.assign(new Error(`no answer from the database in ${answerMs()} ms`), { code: "NO_ANSWER" });
}
