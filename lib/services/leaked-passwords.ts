/** Leaked passwords that are long enough to be taken otherwise: too many for a page, so the server alone holds them. */
import { dictionary } from "@zxcvbn-ts/language-common";
import { SHORTEST_PASSWORD } from "@/lib/domain/passwords";

/** In small letters, 17,950 of them; each is refused by itself and as a stem. OWASP ASVS 5.0, 6.2.4, asks for 3,000. */
export const LEAKED: ReadonlySet<string> = new Set(
  dictionary.passwords.filter(({ length }) => length >= SHORTEST_PASSWORD),
);
