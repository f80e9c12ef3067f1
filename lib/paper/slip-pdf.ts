/** Draws packing slips as one PDF, each on a sheet of its own. */
import { dateText } from "@/lib/domain/moments";
import { piecesText, type Slip } from "@/lib/domain/slips";
import { UNKNOWN } from "./fonts";
import { Sheet } from "./sheet";

interface About {
  readonly storeName: string;
  readonly timeZone: string;
}

/** The file. Letters that no face has are marked, and a line at the end says so. */
export async function drawSlips(slips: readonly Slip[], about: About): Promise<Buffer> {
  const [first] = slips;
  const title = slips.length === 1 && first ? `Packing slip ${first.number}` : "Packing slips";
  const sheet = new Sheet({ title, author: about.storeName, language: "en" });
  for (const [i, slip] of slips.entries()) {
    // More than is left of any sheet: the next one begins.
    if (i > 0) sheet.need(sheet.doc.page.height);
    drawOne(sheet, slip, about);
  }
  return sheet.end((page, pages) => `${about.storeName} · ${title}, page ${page} of ${pages}`);
}

function drawOne(sheet: Sheet, slip: Slip, { storeName, timeZone }: About): void {
  sheet.line(storeName, { size: 22, weight: "display" });
  sheet.down(26);
  const top = sheet.y;
  const to = sheet.put(slip.to.join("\n"), { size: 12, width: 260 });
  const facts = [
    ["Order", slip.number],
    ["Ordered", dateText(slip.placedAt, timeZone)],
    ["Packed by", slip.seller],
    ["Delivery", slip.delivery],
  ] as const;
  for (const [label, value] of facts) {
    sheet.put(label, { x: 300, width: 80, quiet: true });
    sheet.line(value, { x: 380, width: sheet.width - 380, align: "right" });
  }
  sheet.y = Math.max(sheet.y, top + to) + 34;
  sheet.line("Packing slip", { size: 17, weight: "display" });
  sheet.down(12);
  sheet.rule();
  for (const line of slip.lines) {
    const what = line.title ? `${line.name}, ${line.title}` : line.name;
    sheet.need(sheet.heightOf(what, { width: 390 }) + 30);
    sheet.down(6);
    sheet.put(piecesText(line), {
      x: sheet.width - 90,
      width: 90,
      align: "right",
      size: 12,
      weight: "strong",
    });
    sheet.line(what, { width: 390 });
    sheet.line(line.sku, { size: 8, quiet: true });
    sheet.down(6);
    sheet.rule();
  }
  if (slip.note) {
    sheet.down(14);
    sheet.line(`“${slip.note}”`);
  }
  if (sheet.isWhole) return;
  sheet.down(14);
  sheet.line(
    `${UNKNOWN} stands for letters that this file cannot show; the page in the browser shows them.`,
    {
      quiet: true,
    },
  );
}
