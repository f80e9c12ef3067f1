/**
 * Draws every mail of the shop once, on a phone and on a desk, by day and in the dark, into ./shots, with a sheet
 * of each: `npm run shots:mail [-- TEMPLATE …]`. A running shop gives the pictures; BASE_URL says where it is.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Browser, chromium } from "@playwright/test";
import sharp from "sharp";
import { BROWSER_ARGS, browserPath } from "../e2e/browser";
import type { MailData, MailTemplate } from "../lib/mail/messages";

const BASE = process.env.BASE_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
process.env.SITE_URL = BASE;
process.env.AUTH_SECRET ??= "for-pictures-of-mails-and-nothing-else";
const { render } = await import("../lib/mail/render");
const { sampleParts, samples } = await import("./mail-samples");

const OUT = path.resolve("shots");
const VIEWS = [
  { width: 360, theme: "light" },
  { width: 360, theme: "dark" },
  { width: 720, theme: "light" },
  { width: 720, theme: "dark" },
] as const;
const SHEET = { height: 900, gap: 12 };

async function take(browser: Browser, template: MailTemplate): Promise<string> {
  const { html, text, subject } = render(
    await sampleParts(BASE, template, samples[template] as MailData[typeof template]),
  );
  const drawn = [];
  let left = SHEET.gap;
  for (const { width, theme } of VIEWS) {
    const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme: theme });
    await page.setContent(html, { waitUntil: "networkidle" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) console.warn(`  ${template} is ${wide} px too wide at ${width}`);
    const shot = await page.screenshot({ fullPage: true });
    await page.close();
    const { height = 0 } = await sharp(shot).metadata();
    const input = await sharp(shot)
      .extract({ left: 0, top: 0, width, height: Math.min(height, SHEET.height) })
      .toBuffer();
    drawn.push({ input, left, top: SHEET.gap });
    left += width + SHEET.gap;
  }
  await sharp({
    create: { width: left, height: SHEET.height + 2 * SHEET.gap, channels: 3, background: "#808080" },
  })
    .composite(drawn)
    .png()
    .toFile(path.join(OUT, `mail-${template}.png`));
  return `── ${template} ──\nSubject: ${subject}\n\n${text}`;
}

const wanted = process.argv.slice(2);
await mkdir(OUT, { recursive: true });
const browser = await chromium.launch({ executablePath: await browserPath(), args: BROWSER_ARGS });
for (const template of Object.keys(samples) as MailTemplate[])
  if (wanted.length === 0 || wanted.includes(template)) console.log(await take(browser, template));
await browser.close();
