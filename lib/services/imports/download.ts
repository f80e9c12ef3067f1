/** Imports: loads a picture from an address that a stranger's file names, without being sent to our own network. */
import { lookup as resolve } from "node:dns/promises";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { ImportProblem } from "@/lib/domain/imports/columns";
import { isPublicAddress } from "./addresses";

const MAX_BYTES = 15 * 1024 * 1024;
const TIMEOUT_MS = 15_000;
const MAX_REDIRECTS = 5;

/** Nobody answered under that name: the next picture from there will not come either. */
export class HostSilent extends ImportProblem {
  override name = "HostSilent";
}

export interface DownloadLimits {
  /** Which IP addresses may be talked to; tests allow their own. */
  readonly isAllowed?: (address: string) => boolean;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
}

/**
 * The bytes at `url`. The name is resolved once per hop and the connection goes to the address that was checked.
 * @throws ImportProblem with the reason, as half a sentence.
 */
export async function download(url: string, limits: DownloadLimits = {}): Promise<Buffer> {
  const { isAllowed = isPublicAddress, maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS } = limits;
  const signal = AbortSignal.timeout(timeoutMs);
  let next = addressOf(url);
  for (let hops = 0; ; hops += 1) {
    const answer = await ask(next, isAllowed, signal);
    const { statusCode = 0 } = answer;
    if (statusCode >= 300 && statusCode < 400 && answer.headers.location) {
      answer.destroy();
      if (hops === MAX_REDIRECTS) throw new ImportProblem("it is redirected too often");
      next = addressOf(answer.headers.location, next);
      continue;
    }
    if (statusCode !== 200) {
      answer.destroy();
      throw new ImportProblem(`${next.hostname} answers ${statusCode}`);
    }
    return readAll(answer, maxBytes, next.hostname, signal);
  }
}

function addressOf(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw new ImportProblem("its address cannot be read");
  const url = new URL(text, base);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new ImportProblem(`${url.protocol} addresses are not loaded`);
  if (url.username || url.password) throw new ImportProblem("its address holds a password");
  return url;
}

async function ask(
  url: URL,
  isAllowed: (address: string) => boolean,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const address = isIP(host) ? { address: host, family: isIP(host) } : await look(host, signal);
  if (!isAllowed(address.address)) throw new ImportProblem(`${host} is not a public address`);
  // The checked address is the one that is called: a second look-up could answer differently.
  const pinned: LookupFunction = (_host, options, done) =>
    options.all ? done(null, [address]) : done(null, address.address, address.family);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const headers = { accept: "image/avif,image/webp,image/png,image/jpeg", "accept-encoding": "identity" };
  return new Promise((done, failed) => {
    send(url, { lookup: pinned, headers, signal, agent: false, maxHeaderSize: 16_384 }, done)
      .once("error", (error) => failed(reason(error, host)))
      .end();
  });
}

async function look(host: string, signal: AbortSignal): Promise<{ address: string; family: number }> {
  try {
    return await Promise.race([resolve(host), rejectOn(signal)]);
  } catch (error) {
    throw reason(error, host);
  }
}

async function readAll(
  answer: IncomingMessage,
  maxBytes: number,
  host: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const tooBig = () => new ImportProblem(`it is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB`);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (Number(answer.headers["content-length"] ?? 0) > maxBytes) throw tooBig();
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooBig();
      chunks.push(chunk);
    }
  } catch (error) {
    throw reason(signal.aborted ? signal.reason : error, host);
  } finally {
    answer.destroy();
  }
  return Buffer.concat(chunks);
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_done, failed) => {
    signal.addEventListener("abort", () => failed(signal.reason), { once: true });
  });
}

function reason(error: unknown, host: string): ImportProblem {
  if (error instanceof ImportProblem) return error;
  const { name = "", code = "" } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return new HostSilent(`${host} could not be found`);
  if (name === "TimeoutError" || name === "AbortError" || code === "ETIMEDOUT")
    return new HostSilent(`${host} did not answer in time`);
  return new HostSilent(`${host} could not be reached`);
}
