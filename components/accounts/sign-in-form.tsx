import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { signIn } from "@/lib/actions/accounts";

/** E-mail and password. `callbackUrl` is the page that follows. */
export function SignInForm({ callbackUrl, email }: { callbackUrl: string; email?: string | undefined }) {
  return (
    <ActionForm action={signIn} className="grid gap-5" label="Sign in">
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <TextInput
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        inputMode="email"
        defaultValue={email}
      />
      <TextInput name="password" label="Password" type="password" autoComplete="current-password" />
      <SubmitButton className="mt-2 justify-self-start max-sm:w-full">Sign in</SubmitButton>
    </ActionForm>
  );
}
