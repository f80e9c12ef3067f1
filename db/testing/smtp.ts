/** A mail server for tests that behaves as well or as badly as it is told. */

import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

export type Mood =
  | "good"
  /** Never greets. */
  | "silent"
  /** Takes the whole mail and then says nothing. */
  | "slow"
  /** 451 to the mail's end. */
  | "later"
  /** 550 to the recipient. */
  | "never"
  /** 554 to the mail's end. */
  | "spam"
  /** Hangs up in the middle of the mail. */
  | "cut";

export interface Received {
  readonly messageId: string;
  readonly to: string;
  /** Headers and body as they came. */
  readonly source: string;
}

export type TestSmtp = Awaited<ReturnType<typeof startSmtp>>;

/** Starts it on a free port. Set `mood` at any time; `onMail` runs before the mail is acknowledged. */
export async function startSmtp() {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const state: { mood: Mood; onMail: () => Promise<void> } = { mood: "good", onMail: async () => {} };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    serve(socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));

  function serve(socket: Socket): void {
    let waiting = "";
    let to = "";
    let inData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    if (state.mood !== "silent") say("220 test ESMTP");
    socket.on("data", async (chunk) => {
      waiting += chunk.toString("utf8");
      if (inData) {
        const end = waiting.indexOf("\r\n.\r\n");
        if (state.mood === "cut") return socket.destroy();
        if (end < 0) return;
        const source = waiting.slice(0, end);
        waiting = waiting.slice(end + 5);
        inData = false;
        if (state.mood === "slow") return;
        if (state.mood === "later") return say("451 try again later");
        if (state.mood === "spam") return say("554 not wanted here");
        received.push({ to, source, messageId: /^message-id: (.*)$/im.exec(source)?.[1]?.trim() ?? "" });
        await state.onMail();
        return say("250 taken");
      }
      for (let at = waiting.indexOf("\r\n"); at >= 0 && !inData; at = waiting.indexOf("\r\n")) {
        const line = waiting.slice(0, at);
        waiting = waiting.slice(at + 2);
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === "RCPT" && state.mood === "never") say("550 nobody of that name");
        else if (verb === "RCPT") {
          to = /<(.*)>/.exec(line)?.[1] ?? "";
          say("250 ok");
        } else if (verb === "DATA") {
          inData = true;
          say("354 go on");
        } else if (verb === "QUIT") {
          say("221 bye");
          socket.end();
        } else say("250 ok");
      }
    });
  }

  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every mail that was taken whole, in order. */
    received,
    state,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
