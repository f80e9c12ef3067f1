/** The form of a case for a CHECK, and the values that several cases share. */
import type { Row } from "./refs";

export interface CheckCase {
  table: string;
  refused: Row[];
  taken: Row[];
}

/** A case of `table`: what it must refuse, and what it must take. */
export const check = (table: string, refused: Row[], taken: Row[] = []): CheckCase => ({
  table,
  refused,
  taken,
});
export const PAST = "2026-01-01T00:00:00Z";
export const LATER = "2026-02-01T00:00:00Z";
export const COUNTRY_FORMS = [{ country: "Ireland" }, { country: "ie" }];
export const REGION_FORMS = [{ region: "" }, { region: " NY" }];
export const MILLION = [{ commission: -1 }, { commission: 1_000_001 }];
export const EDGES = [{ commission: 0 }, { commission: 1_000_000 }];
