import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { signUp } from "@/lib/actions/accounts";
import { NewPassword } from "./new-password";

/** Name, e-mail and password of a new account. */
export function SignUpForm({ callbackUrl }: { callbackUrl: string }) {
  return (
    <ActionForm action={signUp} className="grid gap-5" label="Create an account">
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <TextInput name="name" label="Full name" autoComplete="name" maxLength={120} />
      <TextInput name="email" label="E-mail" type="email" autoComplete="username" inputMode="email" />
      <NewPassword />
      <SubmitButton className="mt-2 justify-self-start max-sm:w-full">Create account</SubmitButton>
    </ActionForm>
  );
}
