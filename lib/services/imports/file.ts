/** Imports: a CSV file as rows, read as a stream, in whatever encoding and with whatever mark a spreadsheet saved it. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { type Columns, ImportProblem, type Row, readHeader, readRow } from "@/lib/domain/imports/columns";
import { groupRows } from "@/lib/domain/imports/groups";

type Encoding = "utf-8" | "utf-16le" | "windows-1252";

/** What is known of a file after one look over all of it. */
export interface Survey {
  readonly path: string;
  /** sha256 of the bytes, in hex. */
  readonly hash: string;
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly columns: Columns;
  /** Rows below the header. */
  readonly rows: number;
  readonly slugs: ReadonlySet<string>;
  /** Products whose rows do not stand together: reading on, their end would never be known. */
  readonly scattered: ReadonlySet<string>;
}

/** One record: a description may be long, but an unclosed quote must not read the whole file into memory. */
const MAX_RECORD = 2_000_000;

/** Reads the whole file once without keeping it. @throws ImportProblem where it cannot be imported at all. */
export async function survey(path: string): Promise<Survey> {
  const { hash, encoding } = await checkBytes(path);
  const delimiter = await delimiterOf(path, encoding);
  let columns: Columns | undefined;
  let rows = 0;
  const slugs = new Set<string>();
  const scattered = new Set<string>();
  async function* body() {
    for await (const { record, line } of records(path, encoding, delimiter)) {
      if (!columns) {
        columns = readHeader(record);
        continue;
      }
      rows += 1;
      yield readRow(columns, record, line);
    }
  }
  for await (const { slug } of groupRows(body())) {
    if (slug !== "" && slugs.has(slug)) scattered.add(slug);
    slugs.add(slug);
  }
  if (!columns) throw new ImportProblem("The file is empty.");
  if (rows === 0) throw new ImportProblem("The file has a header and no rows below it.");
  return { path, hash, encoding, delimiter, columns, rows, slugs, scattered };
}

/** The rows of a file that was surveyed, one after the other. */
export async function* rowsOf({ path, encoding, delimiter, columns }: Survey): AsyncGenerator<Row> {
  let isHeader = true;
  for await (const { record, line } of records(path, encoding, delimiter)) {
    if (!isHeader) yield readRow(columns, record, line);
    isHeader = false;
  }
}

async function checkBytes(path: string): Promise<{ hash: string; encoding: Encoding }> {
  const hash = createHash("sha256");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isUtf8 = true;
  let start: Uint8Array | undefined;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      start ??= chunk.subarray(0, 4);
      hash.update(chunk);
      isUtf8 &&= decodes(decoder, chunk, true);
    }
  } catch (error) {
    throw fileProblem(error, path);
  }
  isUtf8 &&= decodes(decoder, new Uint8Array(), false);
  if (start?.[0] === 0x50 && start[1] === 0x4b)
    throw new ImportProblem("This is a spreadsheet or a zip file: save it as CSV first.");
  const isUtf16 = start?.[0] === 0xff && start[1] === 0xfe;
  return {
    hash: hash.digest("hex"),
    encoding: isUtf16 ? "utf-16le" : isUtf8 ? "utf-8" : "windows-1252",
  };
}

function decodes(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}

/** Spreadsheets of countries with a decimal comma write semicolons between cells. */
async function delimiterOf(path: string, encoding: Encoding): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16_384), 0, 16_384, 0);
    const [line = ""] = new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead)).split(/[\r\n]/);
    const counted = [",", ";", "\t"].map((mark) => ({ mark, count: line.split(mark).length }));
    return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark;
  } finally {
    await file.close();
  }
}

async function* records(path: string, encoding: Encoding, delimiter: string) {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: MAX_RECORD,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  // pipeline hands a failure on either side to whoever reads the parser.
  pipeline(Readable.from(texts(path, encoding)), parser, () => {});
  let last = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (record.every((cell) => cell.trim() === "")) continue;
      last = Math.max(last + 1, info.lines - breaksIn(record));
      yield { record, line: last };
    }
  } catch (error) {
    throw fileProblem(error, path);
  }
}

/** The text of a file with one kind of line break: the parser counts the two characters of Windows as two lines. */
async function* texts(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let held = "";
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const text = held + decoder.decode(chunk, { stream: true });
    // Its second half may be in the next chunk.
    held = text.endsWith("\r") ? "\r" : "";
    yield oneBreak(held ? text.slice(0, -1) : text);
  }
  yield oneBreak(held + decoder.decode());
}

const oneBreak = (text: string): string => text.replace(/\r\n?/g, "\n");

/** The parser tells the line on which a record ends; people look for the one on which it begins. */
function breaksIn(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.split("\n").length - 1), 0);
}

function fileProblem(error: unknown, path: string): unknown {
  if (error instanceof CsvError) {
    const at = typeof error.lines === "number" ? ` near line ${error.lines}` : "";
    return new ImportProblem(
      `The file is not whole CSV${at}: a quotation mark is missing or stands too much.`,
    );
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return new ImportProblem(`There is no file ${path}.`);
  if (code === "EISDIR") return new ImportProblem(`${path} is a folder.`);
  if (code === "EACCES") return new ImportProblem(`The file ${path} may not be read.`);
  return error;
}
