import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { addAcceptors } from "./acceptors.mjs";

/** Connects as often as it is told, and says how often it got through. */
const KNOCK = `
  const { connect } = require("node:net");
  const [port, crowd] = process.argv.slice(1).map(Number);
  let through = 0;
  const tell = () => { console.log(through); process.exit(); };
  setTimeout(tell, 4000);
  for (let i = 0; i < crowd; i += 1)
    connect(port, "127.0.0.1", () => { through += 1; if (through === crowd) tell(); }).on("error", () => {});
`;
const CROWD = 1_200;
const allowed = Number(readSafely("/proc/sys/net/core/somaxconn"));

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  if (server.listening) server.close();
});

async function listen(): Promise<number> {
  server = createServer((_, res) => res.end("here"));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

/** Blocks this process, and its server with it, until the crowd has told. */
const knock = (port: number, crowd: number) =>
  Number(execFileSync(process.execPath, ["-e", KNOCK, String(port), String(crowd)], { encoding: "utf8" }));

test.skipIf(!(allowed >= 2 * CROWD))(
  "a crowd that comes while the server is busy is kept waiting, not dropped",
  async () => {
    const port = await listen();
    expect(await addAcceptors(server)).toBe(63);
    expect(knock(port, CROWD)).toBe(CROWD);
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("here");
  },
);

test("each turn of the loop takes several of them", async () => {
  const port = await listen();
  await addAcceptors(server);
  let taken = 0;
  server.on("connection", () => {
    taken += 1;
  });
  expect(knock(port, 320)).toBe(320);
  let turns = 0;
  while (taken < 320) {
    await new Promise((next) => setImmediate(next));
    turns += 1;
  }
  expect(turns).toBeLessThan(15);
});

test("a closed server takes nobody more", async () => {
  const port = await listen();
  await addAcceptors(server);
  server.close();
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
});

function readSafely(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
