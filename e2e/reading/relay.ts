/** A relay before PostgreSQL that hears what it denies to a role, also where the code swallows the error. */
import { connect, createServer, type Socket } from "node:net";
import { freePort } from "@/db/embedded";

export interface Relay {
  readonly port: number;
  /** Each denial, as PostgreSQL says it: "permission denied for table orders". */
  readonly denied: string[];
  close: () => void;
}

// Of an answer that is an error: the field of its code (42501, no privilege), then that of its sentence.
const DENIAL = /\0C42501\0M([^\0]+)\0/g;
/** Longer than a denial is: what stands at the end of one piece may end in the next. */
const OVERLAP = 400;

export async function startRelay(host: string, port: number): Promise<Relay> {
  const own = await freePort();
  const denied: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, host);
    let tail = "";
    far.on("data", (piece) => {
      const text = tail + piece.toString("latin1");
      let end = 0;
      for (const found of text.matchAll(DENIAL)) {
        denied.push(found[1] ?? "");
        end = found.index + found[0].length;
      }
      tail = text.slice(Math.max(end, text.length - OVERLAP));
    });
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.once("error", () => other.destroy());
      one.once("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((done) => server.listen(own, "127.0.0.1", done));
  return {
    port: own,
    denied,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
