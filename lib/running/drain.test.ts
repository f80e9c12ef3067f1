import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

// A server like ours: /hold is answered when somebody asks for /release, /ready tells how it is.
const SERVER = `
import { createServer } from "node:http";
import { drain, installDrain, isDraining, noteAnswer } from ${JSON.stringify(fileURLToPath(new URL("./drain.mjs", import.meta.url)))};
process.on("SIGTERM", () => process.exit(143));
installDrain({ patienceMs: Number(process.argv[1]) });
let release;
const released = new Promise((go) => { release = go; });
if (process.argv[2] === "job") drain().work.add(async () => { console.log("job waits"); await released; console.log("job done"); });
const server = createServer(async (req, res) => {
  noteAnswer(server, res);
  if (req.url === "/hold") { console.log("held"); await released; }
  if (req.url === "/release") release();
  res.statusCode = req.url === "/ready" && isDraining() ? 503 : 200;
  res.end("answered " + req.url);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log("port " + server.address().port));
`;

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function serve(patienceMs: number, ...rest: string[]) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", SERVER, String(patienceMs), ...rest]);
  children.push(child);
  let said = "";
  const hearers = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    for (const hear of hearers) hear();
  });
  const heard = (words: RegExp) =>
    new Promise<RegExpExecArray>((done) => {
      const look = () => {
        const found = words.exec(said);
        if (found) done(found);
      };
      hearers.add(look);
      look();
    });
  const port = Number((await heard(/port (\d+)/))[1]);
  return {
    child,
    heard,
    ended: once(child, "exit"),
    get: (path: string) => get(port, path),
    said: () => said,
  };
}

function get(
  port: number,
  path: string,
): Promise<{ status: number | undefined; body: string; connection?: string }> {
  return new Promise((done, failed) => {
    request({ port, path, host: "127.0.0.1" }, (res) => {
      let body = "";
      res.on("data", (chunk) => {
        body += chunk;
      });
      res.on("end", () => done({ status: res.statusCode, body, connection: res.headers.connection }));
    })
      .on("error", failed)
      .end();
  });
}

async function status(get: (path: string) => Promise<{ status: number | undefined }>, wanted: number) {
  for (;;) if ((await get("/ready")).status === wanted) return wanted;
}

test("what has begun is answered, meanwhile the server is not ready, and then it ends with 0", async () => {
  const { child, get, heard, ended } = await serve(60_000);
  expect((await get("/ready")).status).toBe(200);
  const slow = get("/hold");
  await heard(/held/);
  child.kill("SIGTERM");
  expect(await status(get, 503)).toBe(503);
  expect((await get("/release")).connection).toBe("close");
  expect(await slow).toMatchObject({ status: 200, body: "answered /hold" });
  expect(await ended).toEqual([0, null]);
});

test("with nothing to do it ends at once, whatever connections are kept alive", async () => {
  const { child, get, ended } = await serve(60_000);
  await get("/ready");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test("jobs inside the server finish before it ends", async () => {
  const { child, get, heard, ended, said } = await serve(60_000, "job");
  const slow = get("/hold");
  await heard(/held/);
  child.kill("SIGTERM");
  await heard(/job waits/);
  await get("/release");
  await slow;
  expect(await ended).toEqual([0, null]);
  expect(said()).toContain("job done");
});

test("what never ends is cut off, told, and is no success", async () => {
  const { child, get, heard, ended, said } = await serve(50);
  const slow = get("/hold").catch((error: NodeJS.ErrnoException) => error.code);
  await heard(/held/);
  child.kill("SIGTERM");
  expect(await ended).toEqual([1, null]);
  expect(await slow).toBe("ECONNRESET");
  expect(said()).toMatch(/Stopped before everything was done.*"cut":1/);
});
