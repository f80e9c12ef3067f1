/** The Markdown files of content/: the pages of text that ship, and the journal. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isPageName } from "./domain/content";

const ROOT = path.join(/* turbopackIgnore: true */ process.cwd(), "content");

/** The names of the files in a folder of it: "" for the pages, "journal" for its entries. */
export function fileNames(folder: "" | "journal"): string[] {
  return readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -3))
    .filter((name) => isPageName(name))
    .sort();
}

/** The file of a page ("about", "journal/two-combs"), head and all; null: there is none. */
export function readPageFile(name: string): string | null {
  const [first = "", second] = name.split("/");
  const known = second === undefined ? isPageName(first) : first === "journal" && isPageName(second);
  if (!known || name.split("/").length > 2) return null;
  try {
    return readFileSync(path.join(ROOT, `${name}.md`), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
