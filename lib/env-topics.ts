/** Every setting that comes from outside, by topic, with what it means: the source of lib/env.ts and docs/environment.md. */
import { z } from "zod";
import { readProxies } from "./edge/client.mjs";

const optional = z.string().trim().min(1).optional();
const httpUrl = (error: string) => z.url({ protocol: /^https?$/, error }).optional();
const whole = (least: number, most: number, otherwise: string) =>
  z.coerce
    .number(otherwise)
    .refine((n) => Number.isInteger(n) && n >= least && n <= most, otherwise)
    .optional();
const provider = "sign-in with this provider: both or neither (docs/sign-in.md)";

const PORT_RULE = "must be a number from 1 to 65535";

const shop = {
  SITE_URL: httpUrl("must be an http:// or https:// address").describe(
    "the address that shoppers use; `http://localhost:PORT` when left out",
  ),
  PORT: z.coerce
    .number(PORT_RULE)
    .refine((n) => Number.isInteger(n) && n > 0 && n < 65_536, PORT_RULE)
    .default(3000)
    .describe("where the shop listens"),
  DATA_DIR: z
    .string()
    .trim()
    .min(1)
    .default("./.data")
    .describe("the folder of pictures, copies of imported files, secrets and the database that comes along"),
  DIST_DIR: optional.describe("the folder of the build; `.next` when left out"),
  WORKER: z
    .enum(["inline", "process", "off"])
    .default("inline")
    .describe(
      "where jobs run: in the web server, in a process of their own (`npm start` does that), nowhere here",
    ),
  WARM: z
    .enum(["on", "off"])
    .default("on")
    .describe("looks at the pages of the catalogue after a start and after changes, before shoppers do"),
  WEB_URL: httpUrl("must be an http:// or https:// address").describe(
    "where a worker on another machine or in another container finds the web server, to look at changed pages; `http://127.0.0.1:PORT` when left out",
  ),
  DRAW: z
    .enum(["on", "off"])
    .default("on")
    .describe("draws the further pictures of a new demo shop in the background"),
  PICTURE_EFFORT: whole(0, 9, "must be a number from 0 to 9")
    .default(2)
    .describe(
      "how hard AVIF pictures are pressed, from 0 to 9: 0 takes a third of the time of 2 and more bytes, for a slow machine",
    ),
  DEMO: z
    .enum(["on", "off"])
    .optional()
    .describe(
      "fills an empty database with the demo shop, or with a bare one to set up; on, but off where others can reach `SITE_URL`",
    ),
  DRAIN_SECONDS: whole(0, 60, "must be a number of seconds from 0 to 60").describe(
    "how long a server that was told to stop still takes requests, so that a balancer that asks /api/health/ready notices; 0 when left out",
  ),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"])
    .default("info")
    .describe("hides lines of the log below this level"),
};

const safety = {
  AUTH_SECRET: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe(
      "signs sessions and links in mails, seals second factors; `npm start` makes one and keeps it in DATA_DIR",
    ),
  INTERNAL_SECRET: z
    .string()
    .min(16, "must have at least 16 characters")
    .optional()
    .describe("what jobs and scripts show to the web server; `npm start` makes one and keeps it in DATA_DIR"),
  ALLOW_SANDBOX: z
    .stringbool({ error: "must be 1 or 0" })
    .default(false)
    .describe("lets a shop on a public address take payments that move no money: for a demo"),
  ALLOW_HTTP: z
    .stringbool({ error: "must be 1 or 0" })
    .default(false)
    .describe("lets others than this machine use the shop without https: for a trial in your own network"),
  TRUSTED_PROXIES: z
    .string()
    .default("loopback")
    .superRefine((value, context) => {
      try {
        readProxies(value);
      } catch (error) {
        context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "is wrong" });
      }
    })
    .describe(
      "whose X-Forwarded-For is believed: `loopback`, `private`, `none`, addresses and networks (docs/limits.md)",
    ),
  CLIENT_LIMITS: z
    .enum(["on", "off"])
    .default("on")
    .describe("off where something in front of the shop counts requests and holds a crowd back"),
};

const database = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" })
    .optional()
    .describe(
      "your own PostgreSQL, 15 or newer; `npm start` brings one along when left out (docs/database.md)",
    ),
  DATABASE_SOCKET: z
    .string()
    .regex(/^\/.+\/\.s\.PGSQL\.\d+$/, "must be the path of a socket, such as /run/postgresql/.s.PGSQL.5432")
    .optional()
    .describe(
      "the Unix socket of a PostgreSQL on this machine, cheaper than TCP; used where DATABASE_URL names this machine and the same port",
    ),
  DATABASE_POOL: whole(1, 1_000, "must be a number from 1 to 1000").describe(
    "connections of one process; 10 when left out",
  ),
  DATABASE_PREPARE: z
    .enum(["0", "1"], "must be 1 or 0")
    .optional()
    .describe(
      "0 for poolers that hand a connection to somebody else between statements (PgBouncer before 1.21)",
    ),
  DATABASE_WAIT_MS: whole(10, 60_000, "must be a number of milliseconds from 10 to 60000").describe(
    "how long a request waits for a free connection before it is told to come again; 2000 in the web server, 5000 elsewhere",
  ),
  DATABASE_PATIENCE_MS: whole(
    1_000,
    3_600_000,
    "must be a number of milliseconds from 1000 to 3600000",
  ).describe("how long an answer is waited for before the network counts as dead; 15000 when left out"),
};

const instances = {
  DATABASE_REPLICA_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" })
    .optional()
    .describe(
      "a streaming replica of DATABASE_URL that answers the catalogue's reads while it is up to date (docs/scale.md)",
    ),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: "must be a redis:// or rediss:// address" })
    .optional()
    .describe("several instances share their pages through this Redis, 5 or newer (docs/scale.md)"),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 bytes in base64: openssl rand -base64 32")
    .optional()
    .describe(
      "the same on all instances, for the build and the server; `npm start` makes one and keeps it in DATA_DIR",
    ),
  NEXT_DEPLOYMENT_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, "must be up to 64 letters, digits, - and _")
    .optional()
    .describe(
      "names the release where each machine builds for itself: the same for one source, for the build and the server",
    ),
};

const payments = {
  STRIPE_SECRET_KEY: optional.describe("real Stripe: all three keys or none (docs/stripe.md)"),
  STRIPE_PUBLISHABLE_KEY: optional.describe("of the same account and mode; browsers see it"),
  STRIPE_WEBHOOK_SECRET: optional.describe("the signing secret of the webhook endpoint"),
  SANDBOX_URL: z
    .url({ error: "must be an http:// address" })
    .optional()
    .describe("where the payment sandbox answers; `npm start` sets it when there are no keys"),
};

const mail = {
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" })
    .optional()
    .describe("where mail is handed over; without it mail is kept and shown under /admin/mail"),
  MAIL_FROM: z
    .email({ error: "must be an e-mail address" })
    .optional()
    .describe("the sender's address; the store's own when left out"),
};

const pictures = {
  S3_BUCKET: optional.describe("pictures go into this bucket instead of DATA_DIR (docs/storage.md)"),
  S3_ACCESS_KEY_ID: optional.describe("belongs to S3_BUCKET"),
  S3_SECRET_ACCESS_KEY: optional.describe("belongs to S3_BUCKET"),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, "must be a name like eu-central-1")
    .optional()
    .describe("us-east-1 when left out; `auto` for Cloudflare R2"),
  S3_ENDPOINT: httpUrl("must be an http:// or https:// address").describe("of another service than Amazon's"),
};

const signIn = {
  AUTH_GOOGLE_ID: optional.describe(provider),
  AUTH_GOOGLE_SECRET: optional.describe(provider),
  AUTH_GITHUB_ID: optional.describe(provider),
  AUTH_GITHUB_SECRET: optional.describe(provider),
};

const watching = {
  METRICS_TOKEN: z
    .string()
    .min(16, "must have at least 16 characters")
    .optional()
    .describe("opens /api/metrics for Prometheus, which sends it as a bearer token (docs/watching.md)"),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl("must be an http:// or https:// address").describe(
    "traces go there as OTLP over HTTP with JSON, to its path /v1/traces (docs/watching.md)",
  ),
  OTEL_EXPORTER_OTLP_HEADERS: optional.describe("headers for it, as `name=value,name=value`"),
  OTEL_SERVICE_NAME: optional.describe("the shop's name in traces; `tallystick` when left out"),
};

/** Topic → settings. A new setting needs a description here, then `npm run docs:environment`. */
export const TOPICS = {
  "The shop": shop,
  "Secrets and what is refused": safety,
  Database: database,
  "More than one instance": instances,
  Payments: payments,
  Mail: mail,
  Pictures: pictures,
  "Signing in": signIn,
  Watching: watching,
} as const;

/** All of them in one shape. */
export const SHAPE = {
  ...shop,
  ...safety,
  ...database,
  ...instances,
  ...payments,
  ...mail,
  ...pictures,
  ...signIn,
  ...watching,
};
