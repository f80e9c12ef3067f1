/** Sealing: secrets that must be read again are stored so that whoever has the database alone cannot. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { requireEnv } from "@/lib/env";

const keyFor = (purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", requireEnv("AUTH_SECRET"), "", `tallystick:${purpose}`, 32));

/** AES-256-GCM under a key made of the shop's secret; `purpose` keeps one use from being read as another. */
export function seal(purpose: string, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** What was sealed. @throws where the shop's secret is another one now. */
export function unseal(purpose: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}
