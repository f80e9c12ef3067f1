/** Taking back a change of words that mean the same. */
import { eq } from "drizzle-orm";
import { synonyms } from "@/db/schema/search";
import { synonymsInput } from "@/lib/domain/synonyms";
import { changeSynonyms } from "@/lib/services/search";
import type { Reversible } from "./reversible";

export const synonymReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx.select().from(synonyms).where(eq(synonyms.id, id));
    return row && { version: 0, fields: { terms: row.terms } };
  },
  async apply(admin, { id, fields }) {
    const terms = Array.isArray(fields.terms) ? fields.terms.join(", ") : "";
    await changeSynonyms(admin, synonymsInput.parse({ id, terms }));
    return [];
  },
};
