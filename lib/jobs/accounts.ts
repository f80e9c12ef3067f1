/** Jobs of accounts: the mails with a link that proves whose an address is. */
import { mailProof } from "@/lib/services/accounts-proof";
import { systemActor } from "@/lib/system";
import type { Handlers } from "./handler";

export const accountHandlers: Handlers = {
  "accounts.welcome": async ({ userId, seed }) => {
    if (userId) await mailProof(systemActor("job"), "welcome", { userId, seed });
  },
  "accounts.verify": (asked) => mailProof(systemActor("job"), "verify_email", asked),
  "accounts.reset": (asked) => mailProof(systemActor("job"), "reset_password", asked),
  "accounts.invite": (asked) => mailProof(systemActor("job"), "staff_invited", asked),
};
