/** Taking back a change of words that mean the same. */
import { eq } from "drizzle-orm";
import { synonyms } from "@/db/schema/search";
import { newSynonymsInput } from "@/lib/domain/synonyms";
import { changeSynonyms } from "@/lib/services/search";
import type { Reversible } from "./reversible";

export const synonymReverts: Reversible = {
  async read(tx, id) {
    const [row] = await tx.select().from(synonyms).where(eq(synonyms.id, id));
    return row && { version: row.version, fields: { terms: row.terms } };
  },
  async apply(admin, { id, version, fields }) {
    const terms = Array.isArray(fields.terms) ? fields.terms.join(", ") : "";
    await changeSynonyms(admin, { id, version, ...newSynonymsInput.parse({ terms }) });
    return [];
  },
};
