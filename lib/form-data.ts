/** Form fields as plain values: dotted names become objects, repeated names lists, and secrets are never echoed. */

type Value = FormDataEntryValue | Value[] | { [name: string]: Value };

const SECRET = /password|proof|secret|token|cvc|cvv|card/i;
/** What belongs to React or to the transport of a form. */
export const INTERNAL = /^(\$ACTION|nojs$)/;
const DEEPEST = 8;
const NUL = /\0/g;

/**
 * The fields of a form for a schema: "a.b" as `{a: {b}}`, "lines.0.id" as `{lines: [{id}]}`, a repeated name as a
 * list. What belongs to React or to the form's transport is left out.
 */
export function readForm(form: FormData): Record<string, Value> {
  const root: Record<string, Value> = Object.create(null);
  for (const name of new Set(form.keys())) {
    if (INTERNAL.test(name)) continue;
    const all = form.getAll(name).map(clean);
    const [only] = all;
    const path = name.split(".");
    // No form of ours goes so deep; thousands of dots would go deeper than the stack.
    if (path.length > DEEPEST) continue;
    put(root, path, all.length === 1 && only !== undefined ? only : all);
  }
  return Object.fromEntries(Object.entries(root).map(([name, value]) => [name, listed(value)]));
}

/** What was typed, to fill the form again: no secrets, no files. */
export function typedValues(form: FormData): Record<string, string | string[]> {
  const typed: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    if (INTERNAL.test(name) || SECRET.test(name) || name === "key") continue;
    const all = form
      .getAll(name)
      .map(clean)
      .filter((value): value is string => typeof value === "string");
    const [only] = all;
    if (only !== undefined) typed[name] = all.length === 1 ? only : all;
  }
  return typed;
}

/** One field's text; undefined where it is empty, a file or not there. */
export function textOf(form: FormData, name: string): string | undefined {
  const value = clean(form.get(name) ?? "");
  return typeof value === "string" && value ? value : undefined;
}

/**
 * Nobody types the sign zero, and the database takes no text that holds one. Browsers send a line break as two signs:
 * left so, a text that nobody touched would count as changed.
 */
function clean(value: FormDataEntryValue): FormDataEntryValue {
  return typeof value === "string" ? value.replace(NUL, "").replaceAll("\r\n", "\n") : value;
}

function put(root: Record<string, Value>, [head = "", ...rest]: string[], value: Value): void {
  if (rest.length === 0) {
    root[head] = value;
    return;
  }
  const next = root[head];
  // Without a prototype "__proto__" is a name like any other.
  const branch = isBranch(next) ? next : Object.create(null);
  root[head] = branch;
  put(branch, rest, value);
}

function listed(value: Value): Value {
  if (!isBranch(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, listed(inner)] as const);
  if (entries.every(([name]) => /^\d{1,4}$/.test(name)))
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
  return Object.fromEntries(entries);
}

function isBranch(value: Value | undefined): value is { [name: string]: Value } {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof File);
}
