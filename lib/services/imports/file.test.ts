import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Row } from "@/lib/domain/imports/columns";
import { rowsOf, survey } from "./file";

const folder = mkdtempSync(join(tmpdir(), "import-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Buffer): string {
  const path = join(folder, `${Math.random()}.csv`);
  writeFileSync(path, content);
  return path;
}

async function read(content: string | Buffer) {
  const file = await survey(fileOf(content));
  const rows: Row[] = [];
  for await (const row of rowsOf(file)) rows.push(row);
  return { file, rows };
}

const HEAD = "Handle,Title,Variant Price";

describe("a file", () => {
  it("may have a byte order mark, CRLF and line breaks within quotes; lines are where rows begin", async () => {
    const { file, rows } = await read(
      `\ufeff${HEAD}\r\na,"one\r\ntwo\r\nthree",5\r\n\r\nb,B,6\r\n,,\r\nc,C,7\r\n`,
    );
    expect(rows.map(({ line, cells }) => [line, cells.handle])).toEqual([
      [2, "a"],
      [6, "b"],
      [8, "c"],
    ]);
    expect(rows[0]?.cells.title).toBe("one\ntwo\nthree");
    expect(file.rows).toBe(3);
  });

  it("may be latin-1, UTF-16, and separated by semicolons", async () => {
    const latin = await read(Buffer.from(`${HEAD}\na,Crème brûlée,5\n`, "latin1"));
    expect(latin.file.encoding).toBe("windows-1252");
    expect(latin.rows[0]?.cells.title).toBe("Crème brûlée");
    const wide = await read(Buffer.from(`\ufeff${HEAD.replaceAll(",", "\t")}\r\na\tCrème\t5\r\n`, "utf16le"));
    expect(wide.rows[0]?.cells.title).toBe("Crème");
    const semicolons = await read(`${HEAD.replaceAll(",", ";")}\na;"x; y, z";5,50\n`);
    expect(semicolons.rows[0]?.cells).toMatchObject({ title: "x; y, z", price: "5,50" });
  });

  it("may have short and long rows", async () => {
    const { rows } = await read(`${HEAD}\na,A\nb,B,5,6,7\n`);
    expect(rows.map(({ cells }) => cells.price)).toEqual(["", "5"]);
  });

  it("tells which products are scattered", async () => {
    const { file } = await read(`${HEAD}\na,A,5\nb,B,5\na,,6\n`);
    expect([...file.scattered]).toEqual(["a"]);
  });

  it.each([
    ["", "The file is empty."],
    [`${HEAD}\n`, "The file has a header and no rows below it."],
    ["PK\u0003\u0004rest", "This is a spreadsheet or a zip file: save it as CSV first."],
    [
      "\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR,1\n2,3\n",
      "This is a picture or another file without text",
    ],
    [
      `${HEAD}\na,"never closed,5\n`,
      "The file is not whole CSV near line 2: a quotation mark is missing or stands too much.",
    ],
  ])("is refused in one sentence: %j", async (content, sentence) => {
    await expect(survey(fileOf(content))).rejects.toThrow(sentence);
  });

  it("is refused where it is not there", async () => {
    await expect(survey(join(folder, "none.csv"))).rejects.toThrow(
      `There is no file ${join(folder, "none.csv")}.`,
    );
    await expect(survey(folder)).rejects.toThrow("is a folder");
  });

  it("never reads an unclosed quote whole into memory", async () => {
    await expect(survey(fileOf(`${HEAD}\na,"${"x".repeat(3_000_000)}`))).rejects.toThrow("not whole CSV");
  });
});
