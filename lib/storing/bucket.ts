/** Files in a bucket that speaks S3: Amazon's, or any other that does (MinIO, R2, Spaces, Hetzner …). */
import { createHash } from "node:crypto";
import { AwsClient } from "aws4fetch";
import { type Place, StorageFailure } from "./place";

export interface BucketSettings {
  /** Address of the service, without the bucket. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A page waits for pictures: nobody stays longer than this. */
const PATIENCE_MS = 8_000;
/** Answers of 5xx and 429 are asked for again so often, with growing pauses. */
const RETRIES = 2;

/** Keeps files in a bucket. @throws StorageFailure where it cannot be reached or refuses */
export function bucketPlace(settings: BucketSettings): Place {
  const { accessKeyId, secretAccessKey, region } = settings;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: RETRIES });
  // The bucket in the path, not in the host: that works with every service and needs no name of its own.
  const home = `${settings.endpoint.replace(/\/+$/, "")}/${encodeURIComponent(settings.bucket)}`;

  async function ask(method: string, address: string, init: RequestInit = {}): Promise<Response> {
    const answer = await client
      .fetch(address, { ...init, method, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) })
      .catch((error: unknown) => {
        throw new StorageFailure(`The bucket ${settings.bucket} cannot be reached at ${hostOf(settings)}`, {
          cause: error,
        });
      });
    if (answer.ok || answer.status === 404) return answer;
    throw new StorageFailure(refusal(settings, answer.status, method === "HEAD" ? "" : await answer.text()));
  }

  return {
    async put(key, bytes, contentType) {
      const body = Buffer.from(bytes);
      const answer = await ask("PUT", `${home}/${key}`, {
        body,
        headers: {
          "content-type": contentType,
          "cache-control": "public, max-age=31536000, immutable",
          // Signed with the rest: bytes that were changed on their way are refused.
          "x-amz-content-sha256": createHash("sha256").update(body).digest("hex"),
        },
      });
      if (answer.status === 404) throw noBucket(settings);
      await answer.arrayBuffer();
    },
    async get(key) {
      const answer = await ask("GET", `${home}/${key}`);
      const bytes = await answer.arrayBuffer().catch((error: unknown) => {
        throw new StorageFailure(`The bucket ${settings.bucket} broke off while it sent ${key}`, {
          cause: error,
        });
      });
      return answer.status === 404 ? undefined : Buffer.from(bytes);
    },
    async has(key) {
      return (await ask("HEAD", `${home}/${key}`)).ok;
    },
    async remove(key) {
      await (await ask("DELETE", `${home}/${key}`)).arrayBuffer();
    },
    async *list() {
      let next: string | undefined;
      do {
        const query = new URLSearchParams({ "list-type": "2", "encoding-type": "url" });
        if (next) query.set("continuation-token", next);
        const answer = await ask("GET", `${home}?${query}`);
        if (answer.status === 404) throw noBucket(settings);
        const page = await answer.text();
        for (const [, key = ""] of page.matchAll(/<Key>([^<]*)<\/Key>/g)) yield decodeURIComponent(key);
        next = plain(/<NextContinuationToken>([^<]*)</.exec(page)?.[1]);
      } while (next);
    },
  };
}

const hostOf = ({ endpoint }: BucketSettings): string => new URL(endpoint).host;

const noBucket = ({ bucket, endpoint }: BucketSettings) =>
  new StorageFailure(`There is no bucket ${bucket} at ${new URL(endpoint).host}`);

function refusal({ bucket }: BucketSettings, status: number, body: string): string {
  const code = /<Code>([^<]*)<\/Code>/.exec(body)?.[1];
  const hint =
    status === 403 ? ": look at S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION and the key's rights" : "";
  return `The bucket ${bucket} refuses (${status}${code ? ` ${code}` : ""})${hint}`;
}

/** Text of XML without its five entities. */
const plain = (text: string | undefined): string | undefined =>
  text
    ?.replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
