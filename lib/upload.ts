/** Files that people send: written to disk as they come, never held in memory, and refused from other sites. */
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { isFull } from "./storing/disk";

/** Why no file came. */
export type UploadProblem = "none" | "empty" | "big" | "broken" | "full";

/** A file that came; its name is only a claim. */
export interface Upload {
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
}

/** Writes the one file of a multipart form, its field `file`, to `path`. Whatever goes wrong, or came besides, leaves nothing there. */
export async function receiveFile(
  request: Request,
  path: string,
  maxBytes: number,
): Promise<Upload | UploadProblem> {
  const type = request.headers.get("content-type") ?? "";
  if (!request.body || !type.startsWith("multipart/form-data")) return "broken";
  let upload: Upload | UploadProblem = "none";
  let writing: Promise<void> = Promise.resolve();
  let isOurs = true;
  const parser = parserOf(type, maxBytes);
  if (!parser) return "broken";
  parser.on("field", () => {
    isOurs = false;
  });
  parser.on("file", (field, stream, fileName) => {
    isOurs &&= field === "file";
    // A form that is sent with no file chosen has a part without a name.
    if (!fileName || !isOurs) {
      stream.resume();
      return;
    }
    let size = 0;
    stream.on("data", (chunk: Buffer) => {
      size += chunk.length;
    });
    writing = pipeline(stream, createWriteStream(path)).then(() => {
      upload = stream.truncated ? "big" : size === 0 ? "empty" : { fileName, size };
    });
    writing.catch(() => {});
  });
  try {
    await pipeline(Readable.fromWeb(request.body as import("node:stream/web").ReadableStream), parser);
    await writing;
  } catch (error) {
    upload = isFull(error) ? "full" : "broken";
  }
  if (!isOurs) upload = "broken";
  if (typeof upload === "string") await rm(path, { force: true });
  return upload;
}

/** Undefined where the type names no boundary between the parts. */
function parserOf(type: string, maxBytes: number) {
  try {
    return new Busboy({
      headers: { "content-type": type } as BusboyHeaders,
      limits: { files: 1, fields: 5, fieldSize: 1_000, fileSize: maxBytes },
    });
  } catch {
    return undefined;
  }
}
