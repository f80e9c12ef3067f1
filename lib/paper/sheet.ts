/** Sheets of paper: text with its faces, columns, hairlines and page breaks on top of pdfkit. */
import PDFDocument from "pdfkit";
import { type Run, runsOf, type Weight } from "./fonts";

export const INK = "#17150f";
const QUIET = "#5d5a51";
const MARGIN = 48;
const FOOT = 72;
const LEADING = 1.42;

interface Look {
  readonly size?: number;
  readonly weight?: Weight;
  readonly quiet?: boolean;
  readonly align?: "left" | "right";
  /** Left edge and width of the column, from the left margin. */
  readonly x?: number;
  readonly width?: number;
}

/** A4 in points. Texts run from top to bottom; `isWhole` turns false once a letter had no face. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly width: number;
  y = MARGIN;
  isWhole = true;
  readonly #done: Promise<Buffer>;

  constructor({ title, author, language }: { title: string; author: string; language: string }) {
    this.doc = new PDFDocument({
      size: "A4",
      margin: 0,
      bufferPages: true,
      lang: language,
      displayTitle: true,
      info: { Title: title, Author: author, Creator: author },
    });
    this.width = this.doc.page.width - 2 * MARGIN;
    this.#done = new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      this.doc.on("data", (part: Buffer) => parts.push(part));
      this.doc.on("end", () => resolve(Buffer.concat(parts)));
      this.doc.on("error", reject);
    });
  }

  /** Writes at the current height and answers how high it became; the height itself stays. */
  put(
    text: string,
    { size = 9.5, weight = "text", quiet = false, align = "left", x = 0, width = this.width - x }: Look = {},
  ): number {
    this.doc.fillColor(quiet ? QUIET : INK);
    const lines = this.#wrap(text, size, weight, width);
    lines.forEach((runs, i) => {
      let at = MARGIN + x + (align === "right" ? width - this.#measure(runs, size) : 0);
      for (const run of runs) {
        this.#face(run, size);
        // By the baseline: faces of one line differ in their heights.
        this.doc.text(run.text, at, this.y + i * size * LEADING + size, {
          lineBreak: false,
          baseline: "alphabetic",
        });
        at += this.doc.widthOfString(run.text);
      }
    });
    return lines.length * size * LEADING;
  }

  /** Writes and goes below it. */
  line(text: string, look: Look = {}): void {
    this.y += this.put(text, look);
  }

  down(points: number): void {
    this.y += points;
  }

  rule(): void {
    this.doc
      .moveTo(MARGIN, this.y)
      .lineTo(MARGIN + this.width, this.y)
      .lineWidth(0.5)
      .strokeColor(INK)
      .stroke();
  }

  /** Begins a page where less than `points` are left; answers whether it did. */
  need(points: number): boolean {
    if (this.y + points <= this.doc.page.height - FOOT) return false;
    this.doc.addPage();
    this.y = MARGIN;
    return true;
  }

  /** The height that a text would take. */
  heightOf(text: string, { size = 9.5, weight = "text", width = this.width }: Look = {}): number {
    return this.#wrap(text, size, weight, width).length * size * LEADING;
  }

  /** Writes the foot of every page and answers the file. */
  async end(foot: (page: number, pages: number) => string): Promise<Buffer> {
    const { count } = this.doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.doc.switchToPage(page);
      this.y = this.doc.page.height - FOOT + 24;
      this.put(foot(page + 1, count), { size: 8, quiet: true });
    }
    this.doc.end();
    return this.#done;
  }

  #face({ face }: Run, size: number): void {
    // Registered again on the next document only: the name is the key within one.
    this.doc.registerFont(face.name, face.bytes).font(face.name).fontSize(size);
  }

  #measure(runs: readonly Run[], size: number): number {
    return runs.reduce((sum, run) => {
      this.#face(run, size);
      return sum + this.doc.widthOfString(run.text);
    }, 0);
  }

  /** Breaks between words, and within a word that is wider than the column. */
  #wrap(text: string, size: number, weight: Weight, width: number): Run[][] {
    const fits = (part: string) => this.#measure(runsOf(part, weight).runs, size) <= width;
    const lines: string[] = [];
    for (const paragraph of text.split("\n")) {
      let current = "";
      for (const word of paragraph.split(/(?<=[\s-])/)) {
        if (current && !fits((current + word).trimEnd())) {
          lines.push(current.trimEnd());
          current = "";
        }
        current += word;
        while (current.length > 1 && !fits(current.trimEnd())) {
          const letters = [...current];
          let many = letters.length - 1;
          while (many > 1 && !fits(letters.slice(0, many).join(""))) many -= 1;
          lines.push(letters.slice(0, many).join(""));
          current = letters.slice(many).join("");
        }
      }
      lines.push(current.trimEnd());
    }
    return lines.map((line) => {
      const { runs, isWhole } = runsOf(line, weight);
      if (!isWhole) this.isWhole = false;
      return runs;
    });
  }
}
