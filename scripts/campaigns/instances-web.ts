/** Two instances of the built shop behind a small proxy that knows nothing of sessions: each request goes to the next one. */
import { type ChildProcess, spawn } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@/db/embedded";

const ROOT = join(import.meta.dirname, "..", "..");
const NEXT = join("node_modules", "next", "dist", "bin", "next");

export interface Instance {
  readonly url: string;
  /** Its last words. */
  readonly said: () => string;
  start: () => Promise<void>;
  /** SIGTERM, as a rolling restart does it. */
  stop: () => Promise<void>;
  kill: () => Promise<void>;
}

/** One web server, with a folder of its own where one is named; `start` answers when it is ready. */
export async function instance(env: Record<string, string>, dataDir?: string): Promise<Instance> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let said = "";
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child?.once("exit", done));
    child.kill(signal);
    await gone;
  };
  return {
    url,
    said: () => said,
    start: async () => {
      child = spawn(process.execPath, ["--max-old-space-size=320", NEXT, "start", "-p", String(port)], {
        cwd: ROOT,
        env: { ...process.env, ...env, ...(dataDir && { DATA_DIR: dataDir }), PORT: String(port) },
        stdio: ["ignore", "pipe", "pipe"],
      });
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding("utf8").on("data", (text: string) => {
          said = (said + text).slice(-4_000);
        });
      for (let tries = 0; !(await isReady(url)); tries += 1) {
        if (tries > 600 || child.exitCode !== null) throw new Error(`an instance does not start:\n${said}`);
        await pause(100);
      }
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/health/ready`).catch(() => undefined);
  return answer?.ok ?? false;
}

/** Round robin. A request that did not reach its instance goes to the other one; one that was cut off is a 502. */
export async function startProxy(instances: readonly Instance[]) {
  const agent = new http.Agent({ keepAlive: false });
  const counts = { requests: 0, "tried on the other": 0, "cut off": 0 };
  let next = 0;
  const server = http.createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const part of request) body.push(part as Buffer);
    counts.requests += 1;
    // A campaign may say which instance it means.
    const asked = request.headers["x-instance"];
    const first = asked === undefined ? next++ : Number(asked);
    for (let tries = 0; tries < 4; tries += 1) {
      const to = instances[(first + tries) % instances.length];
      if (!to) break;
      const outcome = await forward(to.url, request, Buffer.concat(body), response, agent);
      if (outcome === "answered") return;
      const mayRepeat = outcome === "refused" || request.method === "GET" || request.method === "HEAD";
      if (response.headersSent || !mayRepeat) break;
      counts["tried on the other"] += 1;
      // Both may be away for a moment.
      if (tries > 0) await pause(200);
    }
    counts["cut off"] += 1;
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    counts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function forward(
  to: string,
  request: http.IncomingMessage,
  body: Buffer,
  response: http.ServerResponse,
  agent: http.Agent,
): Promise<"answered" | "refused" | "cut"> {
  return new Promise((done) => {
    const { method = "GET", url = "/", headers } = request;
    const out = http.request(to + url, { method, headers: { ...headers, connection: "close" }, agent });
    out.once("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once("end", () => done("answered"));
      answer.once("error", () => done("cut"));
    });
    out.once("error", (error: NodeJS.ErrnoException) =>
      done(error.code === "ECONNREFUSED" ? "refused" : "cut"),
    );
    out.end(body);
  });
}
