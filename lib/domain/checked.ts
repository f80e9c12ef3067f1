/** Reads what a service was given by its schema; what is wrong is told field by field. */
import type { z } from "zod";
import { ShopError } from "./errors";
import { inputWords } from "./input-words";

/** The parsed value. @throws ShopError invalid_input with the first fault of each field */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value, { error: inputWords });
  if (read.success) return read.data;
  const fields: Record<string, string> = {};
  for (const { path, message } of read.error.issues) fields[path.join(".") || "form"] ??= message;
  throw new ShopError("invalid_input", { fields });
}
