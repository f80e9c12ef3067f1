import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { forgotPassword, resetPassword, sendVerification, verifyEmail } from "@/lib/actions/accounts";
import { NewPassword } from "./new-password";

const BUTTON = "mt-2 justify-self-start max-sm:w-full";

/** Asks for a link for a new password. */
export function ForgotForm() {
  return (
    <ActionForm action={forgotPassword} className="grid gap-5" label="Forgot password">
      <TextInput name="email" label="E-mail" type="email" autoComplete="username" inputMode="email" />
      <SubmitButton className={BUTTON}>Send the link</SubmitButton>
    </ActionForm>
  );
}

/** Takes the new password. `token` is the secret of the link. */
export function ResetForm({ token }: { token: string }) {
  return (
    <ActionForm action={resetPassword} className="grid gap-5" label="Choose a new password">
      <input type="hidden" name="token" value={token} />
      <NewPassword label="New password" />
      <SubmitButton className={BUTTON}>Set the password</SubmitButton>
    </ActionForm>
  );
}

/** Confirms the address: a press, because mail programs open links by themselves. */
export function VerifyForm({ token }: { token: string }) {
  return (
    <ActionForm action={verifyEmail} className="grid gap-5" label="Confirm the address">
      <input type="hidden" name="token" value={token} />
      <SubmitButton className={BUTTON}>Confirm the address</SubmitButton>
    </ActionForm>
  );
}

/** Sends a new link to one's own address. */
export function SendVerificationForm() {
  return (
    <ActionForm action={sendVerification} className="grid gap-5" label="Send a new link">
      <SubmitButton className={BUTTON}>Send a new link</SubmitButton>
    </ActionForm>
  );
}
