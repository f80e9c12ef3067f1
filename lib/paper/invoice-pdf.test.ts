import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { expect, it } from "vitest";
import type { InvoiceDocument } from "@/lib/domain/invoices";
import { drawInvoice } from "./invoice-pdf";

const about = { storeName: "Moiré", locale: "en-IE", timeZone: "Europe/Berlin" };

const line = (name: string, sku: string, total: number, tax: number) => ({
  name,
  title: "Cobalt",
  sku,
  quantity: 2,
  unitPrice: total / 2,
  discount: 0,
  total,
  taxRate: 190_000,
  tax,
});

const invoice: InvoiceDocument = {
  kind: "invoice",
  number: "INV-000123",
  ofInvoice: null,
  orderNumber: "MR-7K2Q9D",
  issuedAt: new Date("2026-11-14T23:30:00Z"),
  orderedAt: new Date("2026-11-14T20:00:00Z"),
  deliveredAt: null,
  currency: "EUR",
  seller: {
    name: "Moiré GmbH",
    address: "Torstraße 1\n10119 Berlin",
    taxNumber: "DE000000000",
    email: "hello@example.com",
  },
  buyer: ["Ada Lovelace", "Torstraße 112", "10119 Berlin", "Germany"],
  paymentMethod: "card",
  lines: [
    line("Grating Cushion", "CU-1", 8_200, 1_309),
    { ...line("Moiré Mug", "MU-1", 3_600, 575), taxRate: 70_000, tax: 236 },
  ],
  shipping: { name: "Standard", total: 490, taxRate: 190_000, tax: 78 },
  discount: 0,
  total: 12_290,
  tax: 1_623,
};

async function read(document: InvoiceDocument) {
  const file = new Uint8Array(await drawInvoice(document, about));
  const pdf = await getDocumentProxy(file);
  const { text, totalPages } = await extractText(pdf, { mergePages: true });
  return { text: text.normalize("NFC").replaceAll(/[\s\p{Cc}]+/gu, " "), totalPages, pdf };
}

it("holds number, parties, lines, tax by rate and total", async () => {
  const { text, totalPages, pdf } = await read(invoice);
  expect(totalPages).toBe(1);
  for (const words of [
    "Invoice INV-000123",
    "MR-7K2Q9D",
    "15 Nov 2026",
    "Torstraße 112",
    "DE000000000",
    "Grating Cushion, Cobalt",
    "Delivery, Standard",
    "€82.00",
    "Net at 19 %",
    "€73.03",
    "Tax 19 % €13.87",
    "Tax 7 % €2.36",
    "Total €122.90",
    "page 1 of 1",
  ])
    expect(text).toContain(words);
  expect((await getMeta(pdf)).info.Title).toBe("Invoice INV-000123");
});

it("goes on over pages, with sums at the end", async () => {
  const lines = Array.from({ length: 60 }, (_, i) =>
    line(`Very long name ${"of a piece ".repeat(8)}${i}`, `S-${i}`, 200, 32),
  );
  const { text, totalPages } = await read({ ...invoice, lines });
  expect(totalPages).toBeGreaterThan(2);
  expect(text).toContain("S-59");
  expect(text).toContain(`page ${totalPages} of ${totalPages}`);
});

it.each([
  ["JPY", 12_290, "¥12,290"],
  ["KWD", 12_290, "12.290"],
])("writes %s with its own digits", async (currency, total, words) => {
  expect((await read({ ...invoice, currency, total })).text).toContain(words);
});

it("sets names in Greek, Cyrillic, Vietnamese and Turkish, and says what it cannot set", async () => {
  const names = ["Ελένη Παπαδοπούλου", "Анна Ковальчук", "Nguyễn Thị Ánh", "Şükrü Öztürk", "Łukasz Żółć"];
  const { text } = await read({ ...invoice, buyer: names });
  for (const name of names) expect(text).toContain(name);
  expect(text).not.toContain("stands for letters");
  const other = await read({ ...invoice, buyer: ["山田 太郎 Yamada", "😀"] });
  expect(other.text).toMatch(/\[…\] ?Yamada/);
  expect(other.text).toContain("stands for letters that this file cannot show");
});

it("is a credit note for its invoice", async () => {
  const { text } = await read({
    ...invoice,
    kind: "credit_note",
    number: "CRN-000007",
    ofInvoice: "INV-000123",
  });
  expect(text).toContain("Credit note CRN-000007");
  expect(text).toContain("For invoice INV-000123");
  expect(text).toContain("Total credited €122.90");
});
