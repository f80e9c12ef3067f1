/** An append-only file of JSON lines: what was acknowledged is on the disk, and is read again at the next start. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

export class Journal {
  private file: FileHandle | undefined;
  private waiting: string[] = [];
  private writing: Promise<void> | undefined;
  private broken: Error | undefined;
  private appended = 0;
  private durable = 0;

  constructor(readonly path: string) {}

  /**
   * Calls `apply` for every whole line. A last line without its newline was never acknowledged and is cut off.
   * @throws Error when a line in the middle cannot be read: that is damage, not a crash.
   */
  replay(apply: (entry: unknown) => void): number {
    if (!existsSync(this.path)) return 0;
    const bytes = readFileSync(this.path);
    const end = bytes.lastIndexOf(10) + 1;
    if (end < bytes.length) truncateSync(this.path, end);
    let from = 0;
    let count = 0;
    while (from < end) {
      const to = bytes.indexOf(10, from);
      const line = bytes.toString("utf8", from, to);
      count += 1;
      try {
        apply(JSON.parse(line));
      } catch (error) {
        throw new Error(`${this.path} is damaged at line ${count}.`, { cause: error });
      }
      from = to + 1;
    }
    return count;
  }

  /** Puts `entries` in place of everything there is, in one step. Only before `start`. */
  rewrite(entries: Iterable<unknown>): void {
    const next = `${this.path}.next`;
    const file = openSync(next, "w", 0o600);
    for (const entry of entries) writeSync(file, `${JSON.stringify(entry)}\n`);
    fsyncSync(file);
    closeSync(file);
    renameSync(next, this.path);
  }

  async start(): Promise<void> {
    this.file = await open(this.path, "a", 0o600);
  }

  /** True once a write failed. */
  get isBroken(): boolean {
    return this.broken !== undefined;
  }

  append(entry: unknown): void {
    this.waiting.push(JSON.stringify(entry));
    this.appended += 1;
  }

  /** Resolves when everything appended so far is on the disk. Calls made together share one write. */
  async flushed(): Promise<void> {
    const target = this.appended;
    while (this.durable < target) {
      if (this.broken) throw this.broken;
      this.writing ??= this.write();
      await this.writing;
    }
    if (this.broken) throw this.broken;
  }

  private async write(): Promise<void> {
    const lines = this.waiting;
    this.waiting = [];
    try {
      if (!this.file) throw new Error("The journal is closed.");
      await this.file.appendFile(`${lines.join("\n")}\n`);
      await this.file.datasync();
      this.durable += lines.length;
    } catch (error) {
      // Memory is ahead of the disk now; nothing may be acknowledged any more.
      this.broken = error instanceof Error ? error : new Error(String(error));
      throw this.broken;
    } finally {
      this.writing = undefined;
    }
  }

  async close(): Promise<void> {
    if (this.waiting.length > 0 && !this.broken) await this.flushed();
    await this.file?.close();
    this.file = undefined;
  }
}
