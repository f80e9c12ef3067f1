/** A port for what a test starts again and again at the same address. */
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** A free one below those that the system gives to outgoing connections: it is still free when it is taken again. */
export async function ownPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}
