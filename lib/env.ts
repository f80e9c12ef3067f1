/** The settings that come from outside, checked by name when one is first read; a build needs none of them. */
import { z } from "zod";
import { isPublic } from "./edge/origin.mjs";
import { SHAPE } from "./env-topics";

/** A bucket for pictures: all of it or nothing. */
const BUCKET = ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;

const settings = z
  .object(SHAPE)
  .superRefine((values, context) => {
    const given = [...BUCKET, "S3_REGION" as const, "S3_ENDPOINT" as const].find((name) => values[name]);
    const wanting = given ? BUCKET.filter((name) => !values[name]) : [];
    if (wanting.length > 0)
      context.addIssue({
        code: "custom",
        message: `${given} is set but ${wanting.join(" and ")} ${wanting.length > 1 ? "are" : "is"} not (set ${BUCKET.join(", ")} to keep pictures in a bucket, or no S3_ variable to keep them on this disk)`,
      });
  })
  .transform((values) => ({
    ...values,
    BUCKET: bucketOf(values),
    DEMO:
      values.DEMO ?? (isPublic(siteOf(values)) && !values.ALLOW_SANDBOX ? ("off" as const) : ("on" as const)),
    // No trailing slash: addresses are put together as `${SITE_URL}/path`.
    SITE_URL: siteOf(values),
  }));

function siteOf(values: { SITE_URL?: string | undefined; PORT: number }): string {
  return (values.SITE_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, "");
}

function bucketOf(values: {
  S3_BUCKET?: string | undefined;
  S3_ACCESS_KEY_ID?: string | undefined;
  S3_SECRET_ACCESS_KEY?: string | undefined;
  S3_REGION?: string | undefined;
  S3_ENDPOINT?: string | undefined;
}) {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  if (!bucket || !accessKeyId || !secretAccessKey) return undefined;
  const region = values.S3_REGION ?? "us-east-1";
  const endpoint = values.S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`;
  return { bucket, accessKeyId, secretAccessKey, region, endpoint };
}

export type Env = z.infer<typeof settings>;

/** Reads and checks settings. Throws one sentence that names every wrong variable; an empty one counts as unset. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = settings.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`.trim());
  throw new Error(`The settings are not right: ${faults.join("; ")}.`);
}

let parsed: Env | undefined;

/** The settings of this process. Reading a property throws like `parseEnv`; none is read while modules load. */
export const env: Env = new Proxy({} as Env, {
  get(_target, name) {
    parsed ??= parseEnv(process.env);
    return parsed[name as keyof Env];
  },
});

/** A setting that this process cannot do without. Throws a sentence that names it when it is not set. */
export function requireEnv<K extends keyof Env>(name: K): NonNullable<Env[K]> {
  const value = env[name];
  if (value === undefined)
    throw new Error(`${name} is not set; \`npm start\` sets it, elsewhere put it into .env.`);
  return value as NonNullable<Env[K]>;
}
