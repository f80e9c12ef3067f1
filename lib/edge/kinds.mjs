// @ts-check
/** What kind of work a request asks for, and how large it may be: told from method and address alone. */
import { DYNAMIC_SEGMENTS } from "../csp/segments.mjs";

/**
 * - `machine`: doors that must answer whatever goes on: health, the payment service, our own jobs
 * - `file`: what only lies on the disk
 * - `page`: cached pages and what machines read, which cost little
 * - `read`: what is rendered or asked of the database for this request
 * - `write`: forms
 * @typedef {"machine" | "file" | "page" | "read" | "write"} Kind
 */

const MACHINES = /^\/api\/(?:health\/|metrics$|cache\/expire$|stripe\/webhook$)/;
const FILES = /^\/(?:_next\/static|media|thumb|fonts|brand|favicon|icon)(?:[/.]|$)/;
/** Written to from anywhere: each has a signature, a secret or a key of its own. */
const FROM_ANYWHERE = /^\/api\/(?:cache\/expire|stripe\/webhook|cart\/unsubscribe|alerts\/stop)$/;
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
/** The others exist for machines of other kinds; Next breaks at TRACE. */
const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const dynamic = new Set(/** @type {readonly string[]} */ (DYNAMIC_SEGMENTS));

const KB = 1024;
const MB = 1024 * KB;
/** A form: the longest, a product with all its variants, is in the back office. */
const FORM = 256 * KB;
const OFFICE_FORM = 2 * MB;
/** Parts of a form around its file. */
const AROUND = 64 * KB;
/** The addresses that take files, from somebody who has a session. @type {readonly [RegExp, number][]} */
const UPLOADS = [
  [/^\/api\/import$/, 200 * MB + AROUND],
  [/^\/api\/stock\/count$/, 10 * MB + AROUND],
  [/^\/admin\/products\/[^/]+$/, 26 * MB],
];

/** @param {string} method */
export const isSafe = (method) => SAFE.has(method);

/** @param {string} method */
export const isKnown = (method) => SAFE.has(method) || WRITES.has(method);

/** @param {string} method @param {string} pathname @param {string} [search] @returns {Kind} */
export function kindOf(method, pathname, search = "") {
  if (MACHINES.test(pathname)) return "machine";
  if (!isSafe(method)) return "write";
  if (FILES.test(pathname)) return "file";
  const first = pathname.split("/", 2)[1] ?? "";
  // A category with a query is filtered or sorted for this request.
  return first === "api" || dynamic.has(first) || (first === "c" && search) ? "read" : "page";
}

/** Whether a write may come from another site. @param {string} pathname */
export const isFromAnywhere = (pathname) => FROM_ANYWHERE.test(pathname);

/** Paying goes first where there is a line. @param {string} pathname @returns {import("./line.mjs").Lane} */
export const laneOf = (pathname) => (/^\/(?:checkout|orders)(?:\/|$)/.test(pathname) ? 0 : 1);

/**
 * The most bytes that a body at this address may have.
 * @param {string} pathname
 * @param {boolean} hasSession
 */
export function mostBytes(pathname, hasSession) {
  if (!hasSession) return pathname === "/api/stripe/webhook" ? MB : FORM;
  const upload = UPLOADS.find(([address]) => address.test(pathname));
  if (upload) return upload[1];
  return pathname === "/admin" || pathname.startsWith("/admin/") ? OFFICE_FORM : FORM;
}

/**
 * Whether a body that may have `most` bytes is no more than a form, which is held in memory until it is whole.
 * @param {number} most
 * @param {string | undefined} told its length, where it tells one
 */
export const isFormSized = (most, told) => most <= FORM || (told !== undefined && Number(told) <= FORM);
