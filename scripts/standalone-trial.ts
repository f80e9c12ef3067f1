/** Tries a folder of `npm run build:standalone` as an image would run it: an empty database, nobody's user, no npm. By hand. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { freePort } from "@/db/embedded";
import { startThrowaway } from "@/db/throwaway";
import { ROOT } from "./install.mjs";

const NOBODY = 65_534;
/** `--launcher` tries how `npm start` stops instead. */
const byLauncher = process.argv.includes("--launcher");
const folder = byLauncher ? ROOT : resolve(process.argv[2] ?? ".next-standalone/run");
const server = await startThrowaway("standalone-");
const dataDir = join(server.folder, "data");
mkdirSync(dataDir);
chmodSync(dataDir, 0o777);
const port = await freePort();
const sandboxPort = await freePort();
const collectorPort = await freePort();
const url = `http://127.0.0.1:${port}`;
/** Names of spans, as a receiver of OTLP hears them: "db SELECT < GET search". */
const spans: string[] = [];
const collector = createServer(async (req, res) => {
  let body = "";
  for await (const chunk of req) body += chunk;
  const heard = JSON.parse(body).resourceSpans[0].scopeSpans[0].spans as Record<
    "spanId" | "parentSpanId" | "name",
    string
  >[];
  const nameOf = (id: string) => heard.find(({ spanId }) => spanId === id)?.name ?? "?";
  for (const { name, parentSpanId } of heard)
    spans.push(parentSpanId ? `${name} < ${nameOf(parentSpanId)}` : name);
  res.end("{}");
}).listen(collectorPort, "127.0.0.1");
const env = {
  PATH: process.env.PATH ?? "",
  NODE_ENV: "production" as const,
  HOSTNAME: "0.0.0.0",
  PORT: String(port),
  SITE_URL: `http://localhost:${port}`,
  DATABASE_URL: server.url,
  DATA_DIR: dataDir,
  DEMO: "off",
  AUTH_SECRET: "9f2c7a11d04be6835bd0174f6e2a9c38",
  INTERNAL_SECRET: "57d1e0b94c6f8a2377b1",
  STRIPE_SECRET_KEY: "sk_test_trial",
  STRIPE_PUBLISHABLE_KEY: "pk_test_trial",
  STRIPE_WEBHOOK_SECRET: "whsec_trial",
  SANDBOX_SECRET_KEY: "sk_test_trial",
  SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
  SANDBOX_PORT: String(sandboxPort),
  METRICS_TOKEN: "q8Zk2v7Lx4Nf9Rw1",
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
  SHOP_DATABASE: "external",
  SHOP_GATEWAY: "sandbox",
};
const children: ChildProcess[] = [];
let faults = 0;

try {
  await main();
} finally {
  for (const child of children) child.kill("SIGKILL");
  collector.close();
  await server.stop();
}
console.log(faults === 0 ? "\n  everything held" : `\n  ${faults} did not hold`);
process.exit(faults === 0 ? 0 : 1);

async function main(): Promise<void> {
  if (byLauncher) {
    const shop = start("shop", ["scripts/start.mjs"]);
    check("is ready", await until(async () => (await fetch(`${url}/api/health/ready`)).status === 200));
    return stopWhileBusy(shop);
  }
  const refused = run(["start.mjs"], { AUTH_SECRET: "" });
  check("refuses to start without AUTH_SECRET, in one sentence", refused.status === 1, refused.text);
  const open = run(["start.mjs"], { SITE_URL: "http://shop.example", DEMO: "" });
  check("refuses the sandbox on a public address", open.status === 1 && /sandbox/.test(open.text), open.text);

  start("sandbox", ["tools/sandbox.mjs"]);
  const web = start("web", ["start.mjs"], { WORKER: "process" });
  check("is ready", await until(async () => (await fetch(`${url}/api/health/ready`)).status === 200));
  const worker = start("worker", ["tools/worker.mjs"]);

  for (const path of [
    "/",
    "/cart",
    "/search?q=x",
    "/sign-in",
    "/about",
    "/admin",
    "/sitemap.xml",
    "/brand/nothing",
  ]) {
    const answer = await fetch(url + path);
    const html = await answer.text();
    const wanted = path === "/brand/nothing" ? 404 : 200;
    check(`${path} answers ${wanted}`, answer.status === wanted, String(answer.status));
    if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
    check(`${path} has a script policy`, answer.headers.has("content-security-policy"));
    const [asset] = /\/_next\/static\/[^"]+\.css/.exec(html) ?? [];
    if (asset) check(`${path}: its style is there`, (await fetch(url + asset)).status === 200);
  }
  await watching();
  const made = run(["tools/user-create.mjs", "--email", "op@example.com", "--role", "admin"]);
  check("user:create makes an admin", made.status === 0 && /is an admin now/.test(made.text), made.text);

  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  await sql`select graphile_worker.add_job('cache.expire', '{}'::json)`;
  await sql`insert into cache_expiries (tag) values ('store')`.catch(() => {});
  const left = async () =>
    Number(
      (
        await sql`select count(*) from graphile_worker.jobs where locked_at is not null or attempts < max_attempts`
      )[0]?.count,
    ) === 0;
  check("jobs are worked off", await until(left));
  check(
    "a job is traced",
    await until(async () => spans.some((one) => one.startsWith("job cache.expire"))),
    spans.join(", "),
  );
  await sql.end();

  const doctor = run(["tools/doctor.mjs", "--quiet"]);
  check("the doctor finds the books right", doctor.status === 0, doctor.text);
  for (const tool of ["db-ahead", "db-slow", "reconcile"]) {
    const done = run([`tools/${tool}.mjs`]);
    check(`${tool} runs`, done.status === 0, done.text);
  }
  const backup = run(["tools/backup.mjs", "--quiet", "--to", join(dataDir, "backups")]);
  check("a backup is made", backup.status === 0, backup.text);

  check("the worker stops with 0", (await stopped(worker)) === 0);
  await stopWhileBusy(web);
}

/** Names of requests, metrics and traces, as they leave a real server. */
async function watching(): Promise<void> {
  const name = (await fetch(`${url}/search?q=x`)).headers.get("x-request-id") ?? "";
  check("an answer has a name", /^[0-9a-f]{12}$/.test(name), name);
  check("metrics are closed without the token", (await fetch(`${url}/api/metrics`)).status === 404);
  const headers = { authorization: `Bearer ${env.METRICS_TOKEN}` };
  const text = await (await fetch(`${url}/api/metrics`, { headers })).text();
  check("metrics count requests", /requests_total\{route="search",status="200"\} [1-9]/.test(text), text);
  check(
    "metrics tell of jobs and connections",
    /tallystick_jobs\{state="due"\}/.test(text) && /pool_connections\{app="tallystick/.test(text),
    text,
  );
  const has = async (span: string) => spans.some((one) => one.startsWith(span));
  check(
    "a request and its statements are one trace",
    await until(() => has("db SELECT < GET search")),
    spans.join(", "),
  );
}

/** A page hangs in the database when the signal comes. */
async function stopWhileBusy(web: ChildProcess): Promise<void> {
  const sql = postgres(server.url, { max: 2, onnotice: () => {} });
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`lock table products in access exclusive mode`;
  const slow = fetch(`${url}/search?q=while+stopping`).then(
    async (answer) => `${answer.status} ${(await answer.text()).length > 1_000}`,
  );
  const isHeld = async () =>
    (await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%products%'`)
      .length > 0;
  check("a page is in the middle of a statement", await until(isHeld, 5));
  const end = stopped(web);
  const isTold = async () => (await fetch(`${url}/api/health/ready`)).status === 503;
  check("the server says that it is not ready", await until(isTold, 5));
  await holder`commit`;
  holder.release();
  check("the page is answered whole", (await slow.catch(String)) === "200 true", await slow.catch(String));
  check("the web server stops with 0", (await end) === 0);
  await sql.end();
}

function run(args: string[], extra: Record<string, string> = {}) {
  const done = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...env, ...extra },
    encoding: "utf8",
    timeout: 60_000,
    ...who(),
  });
  return { status: done.status, text: `${done.stdout}${done.stderr}`.trim() };
}

function start(name: string, args: string[], extra: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...env, ...extra },
    stdio: ["ignore", "pipe", "pipe"],
    ...who(),
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => process.stdout.write(`  ${name} │ ${text}`));
  children.push(child);
  return child;
}

// An image's user owns nothing but its data.
function who(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 && !byLauncher ? { uid: NOBODY, gid: NOBODY } : {};
}

function stopped(child: ChildProcess): Promise<number | string | null> {
  return new Promise((done) => {
    child.once("exit", (code, signal) => done(code ?? signal));
    child.kill("SIGTERM");
  });
}

async function until(met: () => Promise<boolean>, pauseMs = 200): Promise<boolean> {
  for (let i = 0; i < 600; i += 1) {
    if (await met().catch(() => false)) return true;
    await new Promise((next) => setTimeout(next, pauseMs));
  }
  return false;
}

function check(what: string, holds: boolean, said = ""): void {
  if (!holds) faults += 1;
  console.log(`  ${holds ? "✓" : "✗"} ${what}${holds ? "" : `: ${said}`}`);
}
