/** Reads the provider's form encoding, `a[b][0][c]=x`, into nested values. */

export type FormValue = string | FormObject | FormValue[];
export type FormObject = { [key: string]: FormValue };

/** Deeper or stranger names than any real request has are refused, so that a body cannot grow a tree of its own. */
const MAX_DEPTH = 8;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** Parses a query string or a form body. Lists come out as arrays, everything else as strings. */
export function parseForm(text: string): FormObject {
  const root: FormObject = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split("[").map((part, i) => (i === 0 ? part : part.replace(/\]$/, "")));
    if (path.length > MAX_DEPTH || path.some((part) => FORBIDDEN.has(part))) continue;
    place(root, path, value);
  }
  return lists(root) as FormObject;
}

function place(root: FormObject, path: string[], value: string): void {
  let at = root;
  path.forEach((part, i) => {
    const key = part === "" ? String(Object.keys(at).length) : part;
    if (i === path.length - 1) {
      at[key] = value;
      return;
    }
    const next = at[key];
    if (typeof next === "object" && !Array.isArray(next)) at = next;
    else {
      const made: FormObject = Object.create(null);
      at[key] = made;
      at = made;
    }
  });
}

/** Objects whose keys are 0, 1, 2 … become arrays. */
function lists(value: FormValue): FormValue {
  if (typeof value === "string" || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  for (const key of keys) value[key] = lists(value[key] ?? "");
  const isList = keys.length > 0 && keys.every((key, i) => key === String(i));
  return isList ? keys.map((key) => value[key] ?? "") : value;
}

export function text(form: FormObject, key: string): string | undefined {
  const value = form[key];
  return typeof value === "string" ? value : undefined;
}

export function object(form: FormObject, key: string): FormObject | undefined {
  const value = form[key];
  return typeof value === "object" && !Array.isArray(value) ? value : undefined;
}

export function list(form: FormObject, key: string): FormValue[] | undefined {
  const value = form[key];
  if (Array.isArray(value)) return value;
  return typeof value === "string" && value !== "" ? [value] : undefined;
}

/** Metadata as the provider merges it: an empty value removes its key. */
export function mergeMetadata(
  old: Record<string, string>,
  form: FormObject,
  key = "metadata",
): Record<string, string> {
  const given = form[key];
  if (given === "") return {};
  const merged = { ...old };
  for (const [name, value] of Object.entries(object(form, key) ?? {})) {
    if (value === "") delete merged[name];
    else if (typeof value === "string") merged[name] = value;
  }
  return merged;
}
