/** The settings that come from outside, checked by name when one is first read; a build needs none of them. */
import { z } from "zod";

const optional = z.string().trim().min(1).optional();

/** A bucket for pictures: all of it or nothing. */
const BUCKET = ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;

const port = z.coerce
  .number("must be a number from 1 to 65535")
  .refine((n) => Number.isInteger(n) && n > 0 && n < 65_536, "must be a number from 1 to 65535");

const settings = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" }).optional(),
    PORT: port.default(3000),
    SITE_URL: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" }).optional(),
    DATA_DIR: z.string().trim().min(1).default("./.data"),
    AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
    INTERNAL_SECRET: z.string().min(16, "must have at least 16 characters").optional(),
    STRIPE_SECRET_KEY: optional,
    STRIPE_PUBLISHABLE_KEY: optional,
    STRIPE_WEBHOOK_SECRET: optional,
    SANDBOX_URL: z.url({ error: "must be an http:// address" }).optional(),
    /** Lets a shop on a public address take payments that move no money: for a demo. */
    ALLOW_SANDBOX: z.stringbool({ error: "must be 1 or 0" }).default(false),
    /** Where mail is handed over; without it mail is kept and shown in the back office. */
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }).optional(),
    /** The sender's address; the store's own when left out. */
    MAIL_FROM: z.email({ error: "must be an e-mail address" }).optional(),
    /** Pictures go into a bucket instead of DATA_DIR (docs/storage.md). */
    S3_BUCKET: optional,
    S3_ACCESS_KEY_ID: optional,
    S3_SECRET_ACCESS_KEY: optional,
    S3_REGION: z
      .string()
      .regex(/^[a-z0-9-]+$/, "must be a name like eu-central-1")
      .optional(),
    /** Of another service than Amazon's. */
    S3_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" }).optional(),
    WORKER: z.enum(["inline", "process", "off"]).default("inline"),
    /** Looks at the pages of the catalogue after a start and after changes, before shoppers do. */
    WARM: z.enum(["on", "off"]).default("on"),
    /** Draws the further pictures of a new demo shop in the background. */
    DRAW: z.enum(["on", "off"]).default("on"),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  })
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
    // No trailing slash: addresses are put together as `${SITE_URL}/path`.
    SITE_URL: (values.SITE_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ""),
  }));

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

/** Is this an address that others can reach? Then the payment sandbox is refused unless ALLOW_SANDBOX says otherwise. */
export function isPublic(siteUrl: string): boolean {
  return !/^(?:localhost|127(?:\.\d+){3}|\[::1\]|.*\.(?:localhost|test))$/.test(new URL(siteUrl).hostname);
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
