/** What can go wrong between us and PostgreSQL, as one typed error with three kinds. */

/**
 * - `busy`: locks, a full pool, a statement that took too long; nothing was changed, a repeat may succeed.
 * - `unavailable`: no connection, or it was cut; nothing was changed.
 * - `unknown_outcome`: the connection was cut while it committed. Never repeat it blindly: only under a key that
 *   makes the repeat answer the first one.
 */
export type FailureKind = "busy" | "unavailable" | "unknown_outcome";

/** A failure of the database and not of the request; `cause` is the driver's own error. */
export class DatabaseFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    cause: unknown,
  ) {
    super(`database ${kind.replace("_", " ")}`, { cause });
    this.name = "DatabaseFailure";
    noteForRequest();
  }
}

// lib/csp/guard.mjs opens a note per request: a page that fails to render for this reason is answered with 503.
function noteOfRequest(): { database: boolean } | undefined {
  const held = globalThis as { [key: symbol]: unknown };
  const notes = held[Symbol.for("tallystick.request")] as
    | { getStore(): { database: boolean } | undefined }
    | undefined;
  return notes?.getStore();
}

function noteForRequest(): void {
  const note = noteOfRequest();
  if (note) note.database = true;
}

/** Whether the database failed the request that is being answered: an error that leaves a cached read lost its type. */
export const failedThisRequest = (): boolean => noteOfRequest()?.database === true;

// serialization_failure, deadlock_detected, lock_not_available, query_canceled (statement_timeout),
// too_many_connections, configuration_limit_exceeded
const BUSY = new Set(["40001", "40P01", "55P03", "57014", "53300", "53400"]);

// Admin shutdown, crash of another backend, starting up, idle time-outs: the connection is gone after each.
const CUT = new Set(["57P01", "57P02", "57P03", "57P05", "25P03", "25P04"]);
const NETWORK = new Set([
  ...["CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED", "CONNECT_TIMEOUT", "NO_ANSWER"],
  ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
  ...["ENOTFOUND", "EAI_AGAIN", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"],
]);

/** True when the connection that raised this is of no more use. */
export function isConnectionLost(error: unknown): boolean {
  return codesOf(error).some((code) => CUT.has(code) || NETWORK.has(code) || code.startsWith("08"));
}

/** The typed failure that this error is or was caused by; undefined for bugs, refusals and broken constraints. */
export function databaseFailureOf(error: unknown): DatabaseFailure | undefined {
  for (let e = error; e instanceof Error; e = e.cause) if (e instanceof DatabaseFailure) return e;
  if (isConnectionLost(error)) return new DatabaseFailure("unavailable", error);
  if (codesOf(error).some((code) => BUSY.has(code))) return new DatabaseFailure("busy", error);
  return undefined;
}

/** The SQLSTATE of a database error, also when it was wrapped; undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  return codesOf(error).find((code) => /^[0-9A-Z]{5}$/.test(code));
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let e = error; e instanceof Error; e = e.cause) {
    const { code } = e as Error & { code?: unknown };
    if (typeof code === "string") codes.push(code);
  }
  return codes;
}
