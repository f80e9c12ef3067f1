/** What the forms of the second factor take in. */
import { z } from "zod";
import { safeCallback } from "./accounts";
import { LONGEST_PASSWORD } from "./passwords";

const code = z
  .string()
  .trim()
  .min(6, "Six digits, as your app shows them now.")
  .max(40, "Six digits, or a recovery code.");

export const confirmFactorInput = z.object({ code });

/** At the door a recovery code will do, too. */
export const giveFactorInput = z.object({
  code,
  callbackUrl: z
    .string()
    .optional()
    .transform((url) => safeCallback(url)),
});

/** The password is left out by accounts that have none. */
export const endFactorInput = z.object({
  code,
  password: z.string().max(LONGEST_PASSWORD).default(""),
});
