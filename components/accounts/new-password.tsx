import { TextInput } from "@/components/ui/field";
import { LONG_PASSWORD, SHORTEST_PASSWORD } from "@/lib/domain/passwords";

/** The field of a password that is chosen, with the rule for it. */
export function NewPassword({ label = "Password" }: { label?: string }) {
  return (
    <TextInput
      name="password"
      label={label}
      type="password"
      hint={`${LONG_PASSWORD} characters or more, such as four words. Shorter ones, from ${SHORTEST_PASSWORD}, must not be on a list of known passwords.`}
      minLength={SHORTEST_PASSWORD}
      autoComplete="new-password"
    />
  );
}
