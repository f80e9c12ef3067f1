/** Ids and errors in the provider's form. */
import { createHash, randomBytes } from "node:crypto";
import type { ErrorBody } from "./model";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function randomText(length: number): string {
  let text = "";
  for (const byte of randomBytes(length)) text += ALPHABET[byte % ALPHABET.length];
  return text;
}

/** An id such as `pi_3…`. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${randomText(length)}`;
}

/** What the address of a redirect page carries, so that an intent's id alone opens nothing. */
export function pageKey(clientSecret: string): string {
  return createHash("sha256").update(`page:${clientSecret}`).digest("base64url").slice(0, 24);
}

/** A refusal before anything happened: whatever the request changed is undone. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message);
  }
}

export function invalid(message: string, more: Partial<ErrorBody> = {}): ApiError {
  return new ApiError(400, { type: "invalid_request_error", message, ...more });
}

export function missingParam(param: string): ApiError {
  return invalid(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

export function missingObject(what: string, id: string): ApiError {
  const message = `No such ${what}: '${id}'`;
  return new ApiError(404, { type: "invalid_request_error", code: "resource_missing", param: what, message });
}

export function unauthorised(message: string): ApiError {
  return new ApiError(401, { type: "invalid_request_error", message });
}

/** A refusal of the card itself, before any charge was tried. */
export function cardError(code: string, message: string, param?: string): ApiError {
  return new ApiError(402, { type: "card_error", code, message, ...(param ? { param } : {}) });
}
