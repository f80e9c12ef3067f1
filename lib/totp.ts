/** Time-based codes (RFC 6238): the key as it is stored, and the generator made of it. */
import { Secret, TOTP } from "otpauth";
import { seal, unseal } from "./seal";

/** Seconds that a code is shown. */
export const PERIOD = 30;

const SEALED_FOR = "totp";

/** A new key, sealed for the database. */
export const newKey = (): string => seal(SEALED_FOR, new Secret({ size: 20 }).base32);

/** The generator of a sealed key. `store` and `email` are what an app calls it. */
export function generator(sealed: string, { store, email }: { store: string; email: string }): TOTP {
  const secret = Secret.fromBase32(unseal(SEALED_FOR, sealed));
  return new TOTP({ issuer: store, label: email, secret, algorithm: "SHA1", digits: 6, period: PERIOD });
}
