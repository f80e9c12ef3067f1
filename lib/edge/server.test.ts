import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { limitServer } from "./server.mjs";

const CROWD = 1_200;
/** How many of the crowd got through to a server that is busy with something else. */
const KNOCK = `
  const { connect } = require("node:net");
  const [port, crowd] = process.argv.slice(1).map(Number);
  let through = 0;
  const tell = () => { console.log(through); process.exit(); };
  setTimeout(tell, 4000);
  for (let i = 0; i < crowd; i += 1)
    connect(port, "127.0.0.1", () => { through += 1; if (through === crowd) tell(); }).on("error", () => {});
`;
const allowed = Number(readSafely("/proc/sys/net/core/somaxconn"));

test.skipIf(!(allowed >= 2 * CROWD))(
  "a crowd that comes while the server is busy is kept waiting, not dropped",
  async () => {
    const server = createServer((_, res) => res.end("here"));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    try {
      limitServer(server);
      const { port } = server.address() as AddressInfo;
      // Blocks this process, and its server with it, until the crowd has told.
      const told = execFileSync(process.execPath, ["-e", KNOCK, String(port), String(CROWD)], {
        encoding: "utf8",
      });
      expect(Number(told)).toBe(CROWD);
      expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("here");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);

function readSafely(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
