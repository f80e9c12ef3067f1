/** Asks for one page over and over on connections that stay open, as cheaply as Node can. */
import { connect, type Socket } from "node:net";

/** What a load asks for: the whole request as it goes over the wire. */
export function requestFor(url: string, headers: Readonly<Record<string, string>> = {}): string {
  const { host, pathname, search } = new URL(url);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `GET ${pathname}${search} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
}

/** One connection that is kept open. `get` resolves with the bytes of the answer; throws where it is not a 200. */
export class Connection {
  readonly #socket: Socket;
  #heard: Buffer[] = [];
  #size = 0;
  #wanted: { length: number | "chunked" } | undefined;
  #waiting: { resolve: (bytes: number) => void; reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#hear(chunk));
    const fail = (error?: Error) => this.#waiting?.reject(error ?? new Error("the connection was closed"));
    socket.on("error", fail);
    socket.on("close", () => fail());
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new Connection(socket)));
      socket.once("error", reject);
    });
  }

  get(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(chunk: Buffer): void {
    this.#heard.push(chunk);
    this.#size += chunk.length;
    if (!this.#wanted) {
      const head = Buffer.concat(this.#heard);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      const text = head.subarray(0, end).toString("latin1");
      if (!text.startsWith("HTTP/1.1 200")) this.#waiting?.reject(new Error(text.slice(0, 200)));
      const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
      this.#wanted = { length: length === undefined ? "chunked" : end + 4 + Number(length) };
    }
    const { length } = this.#wanted;
    if (length === "chunked" ? !endsChunked(chunk, this.#heard) : this.#size < length) return;
    const size = this.#size;
    this.#heard = [];
    this.#size = 0;
    this.#wanted = undefined;
    this.#waiting?.resolve(size);
  }
}

// The last five bytes may lie across two chunks.
function endsChunked(last: Buffer, all: readonly Buffer[]): boolean {
  const tail = last.length >= 5 ? last.subarray(-5) : Buffer.concat(all).subarray(-5);
  return tail.toString("latin1") === "0\r\n\r\n";
}
