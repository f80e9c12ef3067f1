/** The last look before a server in production begins: `next start` and containers have no launcher that looked before. */
import { parseEnv } from "./env";
import { missingSettings, unsafeSettings } from "./unsafe";

/** Ends the process with one sentence for each setting that is missing, wrong or unsafe. */
export function requireSafe(source: Record<string, string | undefined> = process.env): void {
  const reasons = reasonsNotToStart(source);
  if (reasons.length === 0) return;
  process.stderr.write(`${reasons.map((reason) => `  ✗ ${reason}`).join("\n")}\n`);
  process.exit(1);
}

/** All of them; empty for a shop that may start. Public for its test. */
export function reasonsNotToStart(source: Record<string, string | undefined>): string[] {
  try {
    const values = parseEnv(source);
    return [...missingSettings(values), ...unsafeSettings(values)];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
