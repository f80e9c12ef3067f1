import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { eraseAccount } from "@/lib/actions/accounts";

/** Erases the account: asks for the password, or for the address where there is none, and for a tick. */
export function EraseForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  return (
    <ActionForm action={eraseAccount} className="grid max-w-form gap-5" label="Delete the account">
      {hasPassword ? (
        <>
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          <TextInput name="proof" label="Your password" type="password" autoComplete="current-password" />
        </>
      ) : (
        <TextInput
          name="proof"
          label="Your e-mail address"
          hint={`Type ${email} to show that you mean it.`}
          autoComplete="off"
        />
      )}
      <Checkbox name="sure" label="Yes, delete my account. I know that nobody can bring it back." required />
      <SubmitButton look="line" className="mt-2 justify-self-start">
        Delete the account
      </SubmitButton>
    </ActionForm>
  );
}
