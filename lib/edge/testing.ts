/** Opens a server behind the door and asks it as strangers do, for the tests of the door. */
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach } from "vitest";
import { makeDoor } from "./door.mjs";
import { prepareServer } from "./server.mjs";

export const SITE = "https://shop.example";
/** What a browser sends along from a page of the shop. */
export const own = { origin: SITE };

interface Doorstep {
  server: Server;
  port: number;
  /** Requests that came through, and the headers of the last. */
  seen: { times: number; headers: IncomingHttpHeaders };
  /** Ends what is being worked on; undefined: everything is answered at once. */
  held: (() => void)[] | undefined;
  /** With which what was held is answered. */
  status: number;
}

/** What stands behind the door in this test. */
export const step: Doorstep = {
  server: createServer(),
  port: 0,
  seen: { times: 0, headers: {} },
  held: undefined,
  status: 200,
};

/** Begins each test of a file anew, and closes what it opened. */
export function oneDoorPerTest(): void {
  beforeEach(() => {
    step.seen = { times: 0, headers: {} };
    step.held = undefined;
    step.status = 200;
  });
  afterEach(() => {
    step.server.closeAllConnections();
    step.server.close();
  });
}

/** Opens the door with these settings. */
export async function open(
  settings: Partial<Parameters<typeof makeDoor>[0]> = {},
  change: (made: Server) => void = () => {},
): Promise<void> {
  const door = makeDoor({ siteUrl: SITE, ...settings });
  const server = createServer((req, res) =>
    door(req, res, () => {
      step.seen = { times: step.seen.times + 1, headers: req.headers };
      let bytes = 0;
      req.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      req.on("error", () => {});
      if (step.held) step.held.push(() => res.writeHead(step.status).end("later"));
      else if (req.method === "GET") res.end("here");
      else req.on("end", () => res.end(`took ${bytes}`));
    }),
  );
  change(server);
  prepareServer(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  step.server = server;
  step.port = (server.address() as AddressInfo).port;
}

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  /** Sent with its length, or in pieces without. */
  body?: Buffer;
  pieces?: Buffer[];
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Node's own client: fetch sets headers that a stranger would not. */
export function ask(
  path: string,
  { method = "GET", headers = {}, body, pieces }: Sent = {},
): Promise<Answer> {
  return new Promise((done, failed) => {
    const req = request({ port: step.port, path, method, headers, agent: false }, async (res) => {
      let text = "";
      for await (const chunk of res) text += chunk;
      done({ status: res.statusCode ?? 0, headers: res.headers, text });
    });
    req.on("error", failed);
    for (const piece of pieces ?? []) req.write(piece);
    req.end(body);
  });
}
