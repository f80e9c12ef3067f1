/** Which fields of a form its schema does not have: a form is refused for them, never read without them. */
import type { z } from "zod";
import { INTERNAL } from "./form-data";

/** Every form may name the order that its signed link opened: who acts is decided by it, not what is done. */
const LINK = new Set(["orderNumber", "key"]);
const INDEX = /^\d{1,4}$/;

/**
 * The names that the schema of a form does not have, as they were sent; "shipping.role" is looked for in the schema of
 * "shipping". A field of one of several shapes counts for all of them: a form that works without scripts draws them all.
 */
export function unknownFields(schema: z.core.$ZodType, form: FormData): string[] {
  return [...new Set(form.keys())].filter(
    (name) => !INTERNAL.test(name) && !LINK.has(name) && !has(schema, name.split(".")),
  );
}

/** What the form then says. Names come from whoever sent it: a few, cut short. */
export function tellUnknown(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name));
  const fields = names.length === 1 ? "a field that it does not have" : "fields that it does not have";
  return `This form was sent with ${fields}: ${shown.join(", ")}. Load the page again.`;
}

function has(schema: z.core.$ZodType, path: readonly string[]): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [head, ...rest] = path;
  switch (def.type) {
    case "object": {
      if (head === undefined) return true;
      const field = Object.hasOwn(def.shape, head) ? def.shape[head] : def.catchall;
      return field !== undefined && has(field, rest);
    }
    case "array":
      return head === undefined || (INDEX.test(head) && has(def.element, rest));
    case "record":
      // Keys are refused by the schema itself.
      return head === undefined || has(def.valueType, rest);
    case "union":
      return def.options.some((option) => has(option, path));
    case "intersection":
      return has(def.left, path) || has(def.right, path);
    case "pipe":
      // What is prepared first (`z.preprocess`) is described by what comes behind.
      return has(isPrepared(def.in) ? def.out : def.in, path);
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "catch":
    case "readonly":
      return has(def.innerType, path);
    case "lazy":
      return has(def.getter(), path);
    case "never":
      return false;
    default:
      // A text, a number, a file: nothing stands within it.
      return head === undefined;
  }
}

const isPrepared = (schema: z.core.$ZodType): boolean => schema._zod.def.type === "transform";
