/** Filters of a list in the back office: what its address says of them, and the address that says it again. */
import { type ListState, listHref } from "./back-office";

/** What fits of what an address says; the rest is left out. */
export function fitting<Name extends string>(
  more: Readonly<Record<string, string>>,
  fits: Readonly<Record<Name, (value: string) => boolean>>,
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name in fits) {
    const value = more[name] ?? "";
    if (fits[name](value)) found[name] = value;
  }
  return found;
}

/** The query string of a list, of its page too where one is given. Empty for the whole list; `firstSort` needs no name. */
export function listQueryOf(
  { search, view, sort, dir, cols, more, page = 1 }: Omit<ListState, "path"> & { readonly page?: number },
  firstSort: string,
): string {
  const order = { sort: sort === firstSort ? "" : sort, dir: dir ?? "", cols: cols?.join(",") ?? "" };
  return listHref("", { ...more, q: search, view, ...order, page }).slice(1);
}

/** Whether it is a date of the calendar. */
export function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
