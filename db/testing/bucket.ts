/** A bucket for tests: speaks as much of S3 as the shop uses, and checks every signature (SigV4) with code of its own. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface TestBucket {
  readonly url: string;
  readonly name: string;
  /** What lies in it, by key. */
  readonly files: Map<string, { bytes: Buffer; type: string; cacheControl: string }>;
  /** Answers of the next requests instead of real ones: a status, or "cut" for a connection that breaks. */
  readonly trouble: (number | "cut")[];
  /** Method and path of every request that came. */
  readonly asked: string[];
  readonly stop: () => Promise<void>;
}

export const BUCKET_KEYS = { id: "TESTKEY", secret: "test/secret+of=the bucket" };
/** Short, so that tests see more than one page of a list. */
const PAGE = 3;

/** Starts one on a free port. */
export async function startBucket(name = "pictures", region = "eu-test-1"): Promise<TestBucket> {
  const bucket = { name, files: new Map(), trouble: [], asked: [] } as Pick<
    TestBucket,
    "name" | "files" | "trouble" | "asked"
  >;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    bucket.asked.push(`${request.method} ${request.url}`);
    const trouble = bucket.trouble.shift();
    if (trouble === "cut") request.socket.destroy();
    else if (trouble) refuse(response, trouble, "SlowDown");
    else answer(bucket, region, request, Buffer.concat(parts), response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    ...bucket,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function answer(
  { name, files }: Pick<TestBucket, "name" | "files">,
  region: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): ServerResponse {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
  if (!isSigned(request, body, region)) return refuse(response, 403, "SignatureDoesNotMatch");
  const [, bucket, ...rest] = pathname.split("/");
  if (bucket !== name) return refuse(response, 404, "NoSuchBucket");
  const key = rest.join("/");
  if (request.method === "PUT") {
    const { "content-type": type = "", "cache-control": cacheControl = "" } = request.headers;
    files.set(key, { bytes: body, type, cacheControl });
    return response.writeHead(200).end();
  }
  if (!key) return list(files, searchParams.get("continuation-token"), response);
  if (request.method === "DELETE") {
    files.delete(key);
    return response.writeHead(204).end();
  }
  const file = files.get(key);
  if (!file) return refuse(response, 404, "NoSuchKey");
  response.writeHead(200, { "content-type": file.type, "content-length": file.bytes.length });
  return response.end(request.method === "HEAD" ? undefined : file.bytes);
}

function list(files: TestBucket["files"], token: string | null, response: ServerResponse): ServerResponse {
  const after = token ? token.replace("after <&> ", "") : "";
  const keys = [...files.keys()].sort().filter((key) => key > after);
  const page = keys.slice(0, PAGE);
  const next =
    keys.length > PAGE
      ? `<NextContinuationToken>after &lt;&amp;&gt; ${page.at(-1)}</NextContinuationToken>`
      : "";
  const contents = page.map((key) => `<Contents><Key>${encodeURIComponent(key)}</Key></Contents>`).join("");
  response.writeHead(200, { "content-type": "application/xml" });
  return response.end(`<?xml version="1.0"?><ListBucketResult>${contents}${next}</ListBucketResult>`);
}

function refuse(response: ServerResponse, status: number, code: string): ServerResponse {
  return response
    .writeHead(status, { "content-type": "application/xml" })
    .end(`<Error><Code>${code}</Code></Error>`);
}

/** Whether the request was signed with the bucket's key for its region, a moment ago, and its body is what was signed. */
function isSigned(request: IncomingMessage, body: Buffer, region: string): boolean {
  const {
    authorization = "",
    "x-amz-date": date = "",
    "x-amz-content-sha256": bodyHash = "",
  } = request.headers;
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (!match) return false;
  const [, id, day = "", named, signedHeaders = "", signature = ""] = match;
  if (id !== BUCKET_KEYS.id || named !== region || !String(date).startsWith(day)) return false;
  if (bodyHash !== "UNSIGNED-PAYLOAD" && bodyHash !== sha256(body)) return false;
  if (request.method === "PUT" && bodyHash === "UNSIGNED-PAYLOAD") return false;
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
  const query = [...searchParams]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join("&");
  const names = signedHeaders.split(";");
  if (!names.includes("host") || !names.includes("x-amz-content-sha256")) return false;
  const headers = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join("");
  const canonical = [request.method, pathname, query, headers, signedHeaders, bodyHash].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(
    (last, part) => hmac(last, part),
    `AWS4${BUCKET_KEYS.secret}`,
  );
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, "hex"));
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
