/** Imports: a CSV file as rows, read as a stream, in whatever encoding and with whatever mark a spreadsheet saved it. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import {
  type Column,
  type Columns,
  columnsOf,
  ImportProblem,
  type Row,
  readHeader,
  readRow,
} from "@/lib/domain/imports/columns";
import { type Group, gatherRows, groupRows } from "@/lib/domain/imports/groups";
import { isWooCommerce, readWooRow, WOO_COLUMNS, WooBook } from "@/lib/domain/imports/woocommerce";

type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What is known of a file after one look over all of it. */
export interface Survey {
  readonly path: string;
  /** sha256 of the bytes, in hex. */
  readonly hash: string;
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly columns: Columns;
  readonly format: "columns" | "woocommerce";
  /** Rows below the header. */
  readonly rows: number;
  readonly slugs: ReadonlySet<string>;
  /** Products whose rows do not stand together: reading on, their end would never be known. */
  readonly scattered: ReadonlySet<string>;
  /** How the rows of a WooCommerce export are read, and the last line of each of its products. */
  readonly woo: { readonly book: WooBook; readonly lastLine: ReadonlyMap<string, number> } | null;
}

/** One record: a description may be long, but an unclosed quote must not read the whole file into memory. */
const MAX_RECORD = 2_000_000;

/**
 * Reads the whole file once without keeping it. `chosen` says what each column is taken for; the header says it where
 * nobody chose. @throws ImportProblem where it cannot be imported at all.
 */
export async function survey(path: string, chosen?: readonly (Column | null)[]): Promise<Survey> {
  const bytes = await checkBytes(path);
  const { encoding, delimiter } = bytes;
  let header: readonly string[] | undefined;
  let columns: Columns | undefined;
  let rows = 0;
  const slugs = new Set<string>();
  const scattered = new Set<string>();
  const book = new WooBook(new Date().toISOString().slice(0, 10));
  const lastLine = new Map<string, number>();
  async function* body() {
    for await (const { record, line } of records(path, encoding, delimiter)) {
      if (!header) {
        header = record;
        columns = isWooCommerce(header) ? WOO_COLUMNS : chosen ? columnsOf(chosen) : readHeader(header);
        continue;
      }
      rows += 1;
      if (columns === WOO_COLUMNS) book.meet(readWooRow(header, record, line));
      else if (columns) yield readRow(columns, record, line);
    }
  }
  for await (const { slug } of groupRows(body())) {
    if (slug !== "" && slugs.has(slug)) scattered.add(slug);
    slugs.add(slug);
  }
  if (!columns || !header) throw new ImportProblem("The file is empty.");
  if (rows === 0) throw new ImportProblem("The file has a header and no rows below it.");
  const about = { path, ...bytes, columns, rows, slugs, scattered };
  if (columns !== WOO_COLUMNS) return { ...about, format: "columns", woo: null };
  // Variations may name a parent that comes later, so that it takes a second look to know whose they are.
  let names: readonly string[] | undefined;
  for await (const { record, line } of records(path, encoding, delimiter)) {
    if (!names) {
      names = record;
      continue;
    }
    const handle = book.handleOf(readWooRow(names, record, line));
    if (handle === "") continue;
    lastLine.set(handle, line);
    slugs.add(handle);
  }
  return { ...about, format: "woocommerce", woo: { book, lastLine } };
}

/** What a file says at its beginning, for a person who decides what its columns mean. */
export interface Peek {
  readonly hash: string;
  readonly header: readonly string[];
  readonly samples: readonly (readonly string[])[];
}

/** Looks at the header and the first rows. @throws ImportProblem where it is no table at all. */
export async function peek(path: string, rows = 3): Promise<Peek> {
  const { hash, encoding, delimiter } = await checkBytes(path);
  const samples: string[][] = [];
  let header: string[] | undefined;
  for await (const { record } of records(path, encoding, delimiter)) {
    const cells = record.map((cell) => cell.replaceAll("\0", "").trim().slice(0, 200));
    if (header) samples.push(cells);
    else header = cells;
    if (samples.length === rows) break;
  }
  if (!header) throw new ImportProblem("The file is empty.");
  if (samples.length === 0) throw new ImportProblem("The file has a header and no rows below it.");
  return { hash, header, samples };
}

/** The rows of a file that was surveyed, one after the other. */
export async function* rowsOf({ path, encoding, delimiter, columns, woo }: Survey): AsyncGenerator<Row> {
  let header: readonly string[] | undefined;
  for await (const { record, line } of records(path, encoding, delimiter)) {
    if (!header) header = record;
    else if (woo) yield woo.book.translate(readWooRow(header, record, line));
    else yield readRow(columns, record, line);
  }
}

/** The products of a file that was surveyed, each with its rows. */
export function groupsOf(file: Survey): AsyncGenerator<Group> {
  return file.woo ? gatherRows(rowsOf(file), file.woo.lastLine) : groupRows(rowsOf(file));
}

/** The records of any table, its header among them. @throws ImportProblem where it is none */
export async function* recordsOf(path: string): AsyncGenerator<{ record: string[]; line: number }> {
  const { encoding, delimiter } = await checkBytes(path);
  yield* records(path, encoding, delimiter);
}

async function checkBytes(path: string): Promise<{ hash: string; encoding: Encoding; delimiter: string }> {
  const hash = createHash("sha256");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isUtf8 = true;
  let first: Buffer | undefined;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      first ??= chunk;
      hash.update(chunk);
      isUtf8 &&= decodes(decoder, chunk, true);
    }
  } catch (error) {
    throw fileProblem(error, path);
  }
  isUtf8 &&= decodes(decoder, new Uint8Array(), false);
  const start = first?.subarray(0, 4);
  if (start?.[0] === 0x50 && start[1] === 0x4b)
    throw new ImportProblem("This is a spreadsheet or a zip file: save it as CSV first.");
  const encoding = wideEncoding(start) ?? (isUtf8 ? "utf-8" : "windows-1252");
  if (!encoding.startsWith("utf-16") && isBinary(first))
    throw new ImportProblem("This is a picture or another file without text: save the table as CSV first.");
  return { hash: hash.digest("hex"), encoding, delimiter: await delimiterOf(path, encoding) };
}

/** One zero may be a slip of whoever wrote the text; a picture or a program is full of them. */
const isBinary = (bytes: Uint8Array = new Uint8Array()): boolean => bytes.indexOf(0) !== bytes.lastIndexOf(0);

/** UTF-16 says so with its first two bytes; where it does not, every other byte of a header is zero. */
function wideEncoding([a, b, c, d]: Uint8Array = new Uint8Array()): Encoding | undefined {
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a && b === 0 && c && d === 0) return "utf-16le";
  return a === 0 && b && c === 0 && d ? "utf-16be" : undefined;
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
