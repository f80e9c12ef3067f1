/** A line to a server on this machine that can be cut and mended: how tests take a service away and give it back. */
import { connect, createServer, type Server, type Socket } from "node:net";
import { ownPort } from "./own-port";

export type Line = Awaited<ReturnType<typeof startLine>>;

/** Starts one on a port of its own that leads to `port`. */
export async function startLine(port: number) {
  const own = await ownPort();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let isHeld = false;
  let asked = 0;
  let lost: { words: RegExp; after: RegExp } | undefined;

  async function mend(): Promise<void> {
    if (isHeld) await cut();
    isHeld = false;
    asked = 0;
    if (server) return;
    const listens = createServer(carry);
    server = listens;
    await new Promise<void>((done) => listens.listen(own, "127.0.0.1", done));
  }

  /** Ends what is in flight and refuses whoever comes. */
  async function cut(): Promise<void> {
    const ending = server;
    server = undefined;
    if (!ending) return;
    const ended = new Promise((done) => ending.close(done));
    for (const socket of sockets) socket.destroy();
    await ended;
  }

  function carry(near: Socket): void {
    const far = connect(port, "127.0.0.1");
    let said = "";
    let isLost = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (bytes) => {
      if (isHeld) {
        asked += 1;
        return;
      }
      if (lost) said += bytes.toString("latin1");
      if (lost?.after.test(said) && lost.words.test(bytes.toString("latin1"))) {
        isLost = true;
        lost = undefined;
      }
      far.write(bytes);
    });
    // The far side has done it; the near side never hears so.
    far.on("data", (bytes) => (isLost ? void cut() : near.write(bytes)));
  }

  await mend();
  return {
    port: own,
    cut,
    mend,
    /** Takes what comes and says nothing more. */
    hold: () => {
      isHeld = true;
    },
    /** Whether somebody waits for an answer that is held. */
    isAsked: () => asked > 0,
    /** Cuts the line when the answer to `words` comes, on a connection that has said `after` from now on. */
    loseAnswer: (words: RegExp, after: RegExp) => {
      lost = { words, after };
    },
  };
}

/** For `vi.hoisted`, before the pool is made: one that leads this process to its database. */
export async function startDatabaseLine(): Promise<Line> {
  const url = new URL(process.env.DATABASE_URL ?? "");
  const line = await startLine(Number(url.port));
  url.port = String(line.port);
  process.env.DATABASE_URL = url.href;
  return line;
}
