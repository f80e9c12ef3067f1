/** Turns failures of the database and of the storage into what people and machines are told: an error with a reference, never "not found". */
import { randomBytes } from "node:crypto";
import { DatabaseFailure, databaseFailureOf, type FailureKind, failedThisRequest } from "@/db/failures";
import { type ErrorCode, isShopError, ShopError } from "./domain/errors";
import { log } from "./log";
import { notes } from "./running/notes.mjs";
import { StorageFailure } from "./storing/place";

const CODES = {
  busy: "busy",
  unavailable: "unavailable_now",
  unknown_outcome: "outcome_unknown",
} as const satisfies Record<FailureKind, ErrorCode>;

/** Seconds after which a machine may ask again. */
const RETRY_AFTER = "2";

/** What a log line and the person's message have in common: the request's name where there is one. */
export function newReference(): string {
  return notes.getStore()?.request ?? randomBytes(4).toString("hex");
}

/** The sentence for a failure of the database or the storage, however it was wrapped; undefined for anything else. */
export function tellFailure(error: unknown, reference: string): ShopError | undefined {
  if (error instanceof StorageFailure) return new ShopError("storage_away", { reference }, { cause: error });
  const failure =
    databaseFailureOf(error) ?? (failedThisRequest() ? new DatabaseFailure("unavailable", error) : undefined);
  return failure && new ShopError(CODES[failure.kind], { reference }, { cause: error });
}

/**
 * Whether an error is told in words: a refusal, or a machine that is away for now. For steps that follow on one that is
 * done: the answer tells of that, and they can be made up for.
 */
export function isPassing(error: unknown): boolean {
  return isShopError(error) || tellFailure(error, newReference()) !== undefined;
}

/** A route handler that answers 503 with Retry-After and a reference while the database or the storage fails it. */
export function telling<A extends unknown[]>(
  handler: (...args: A) => Promise<Response>,
): (...args: A) => Promise<Response> {
  return async (...args) => {
    try {
      return await handler(...args);
    } catch (error) {
      const reference = newReference();
      const told = tellFailure(error, reference);
      if (!told) throw error;
      log.error(`the ${error instanceof StorageFailure ? "storage" : "database"} failed a request`, {
        reference,
        error,
      });
      return Response.json(
        { error: told.code, message: told.message, reference },
        { status: 503, headers: { "retry-after": RETRY_AFTER, "cache-control": "no-store" } },
      );
    }
  };
}
