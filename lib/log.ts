/** Log lines as JSON on standard output, one object a line, with what must stay secret cut out. */
import { aboutNow } from "./running/notes.mjs";

type Level = "debug" | "info" | "warn" | "error";
type Fields = Record<string, unknown>;

const RANK: Record<Level, number> = { debug: 10, info: 20, warn: 30, error: 40 };
const SECRET_NAME = /secret|password|passwd|token|authorization|cookie|api_?key|card|cvc|number/i;
// Stripe's secret forms, addresses with a password and links that are keys, wherever they stand in a text.
const SECRET_TEXT =
  /(?<=[?&](?:token|key)=)[^&\s"]+|\b(?:sk|rk)_(?:test|live)_\w+|\bwhsec_\w+|\b(?:pi|seti)_\w+_secret_\w+|(?<=:\/\/[^\s:/@]+:)[^\s@/]+(?=@)/g;

/** 13 to 19 digits, with blanks or dashes between them, that are no part of an id. */
const CARD = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g;

export type Log = Record<Level, (message: string, fields?: Fields) => void> & {
  /** A log whose lines all carry these fields, such as a request or order id. */
  with: (fields: Fields) => Log;
};

/** The log of this process; LOG_LEVEL (debug, info, warn, error) hides what lies below. */
export const log: Log = logWith({});

function logWith(base: Fields): Log {
  const at =
    (level: Level) =>
    (message: string, fields: Fields = {}) =>
      write(level, message, { ...base, ...fields });
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    with: (fields) => logWith({ ...base, ...fields }),
  };
}

function write(level: Level, message: string, fields: Fields): void {
  const least = RANK[(process.env.LOG_LEVEL ?? "info") as Level] ?? RANK.info;
  if (RANK[level] < least) return;
  const line = {
    time: new Date().toISOString(),
    level,
    message: redactText(message),
    ...aboutNow(),
    ...(redact(fields) as Fields),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What may be written down of a value: secrets by name and by form are replaced. Public for its test. */
export function redact(value: unknown, name = "", depth = 0): unknown {
  if (SECRET_NAME.test(name) && value !== undefined && value !== null) return "[redacted]";
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Error) return errorFields(value, depth);
  if (typeof value !== "object" || value === null) return value;
  if (depth > 5) return "[deep]";
  if (Array.isArray(value)) return value.map((item) => redact(item, "", depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redact(item, key, depth + 1)]));
}

// Query parameters hang on database errors (`params`, `parameters`) and may hold anybody's data: they stay out.
function errorFields(error: Error, depth: number): Fields {
  const { code } = error as Error & { code?: unknown };
  return {
    name: error.name,
    message: redactText(error.message.replace(/\nparams:[\s\S]*$/, "")),
    ...(typeof code === "string" ? { code } : {}),
    stack: redactText((error.stack ?? "").replace(/\nparams:.*$/m, "")),
    ...(error.cause !== undefined && depth < 3 ? { cause: redact(error.cause, "", depth + 1) } : {}),
  };
}

function redactText(text: string): string {
  return text
    .replace(SECRET_TEXT, "[redacted]")
    .replace(CARD, (digits) => (isCard(digits.replace(/\D/g, "")) ? "[redacted]" : digits));
}

/** Whether digits could be a card's: their check digit fits (Luhn). */
function isCard(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const worth = Number(digit) * (i % 2 ? 2 : 1);
    return total + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return sum % 10 === 0;
}
