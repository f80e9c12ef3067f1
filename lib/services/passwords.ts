/** Password hashes: argon2id with OWASP's parameters, and the same time spent where there is nothing to compare. */
import { hash as argon2, verify as argon2Verify } from "@node-rs/argon2";

// The package hashes with argon2id unless told otherwise. 19 MiB, 2 passes, 1 lane:
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let dummy: Promise<string> | undefined;

/** The hash to store for a password. */
export function hash(password: string): Promise<string> {
  return argon2(password.normalize("NFKC"), COST);
}

/** Whether a password is right. Without a stored hash it takes as long and answers no. */
export async function verify(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hash("nobody has this password");
  const right = await argon2Verify(stored ?? (await dummy), password.normalize("NFKC"));
  return stored !== null && right;
}
