/** Synonyms: what a form about words that mean the same may hold. */
import { z } from "zod";
import { versionInput } from "./version";

const MOST_TERMS = 20;

/** "sofa, couch, settee" as terms: lower case, each once. */
export function readTerms(text: string): string[] {
  const terms = text
    .split(/[,;\n]/)
    .map((term) => term.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim())
    .filter((term) => /[\p{L}\p{N}]/u.test(term));
  return [...new Set(terms)];
}

const terms = z
  .string()
  .max(600, "At most 600 characters.")
  .transform(readTerms)
  .refine((list) => list.length >= 2, "Please name at least two, with a comma between them.")
  .refine((list) => list.length <= MOST_TERMS, `At most ${MOST_TERMS}.`)
  .refine((list) => list.every((term) => term.length <= 60), "Each has at most 60 characters.");

export const newSynonymsInput = z.object({ terms });
export const synonymsInput = z.object({ id: z.uuid(), version: versionInput, terms });
export const synonymsIdInput = z.object({ id: z.uuid(), version: versionInput });
