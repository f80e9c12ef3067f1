import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { changePassword, updateProfile } from "@/lib/actions/accounts";
import { LONG_PASSWORD, SHORTEST_PASSWORD } from "@/lib/domain/passwords";

/** Name and phone. */
export function ProfileForm({ name, phone }: { name: string; phone: string | null }) {
  return (
    <ActionForm
      action={updateProfile}
      className="grid max-w-form gap-5"
      label="Your details"
      success="Your details are saved."
    >
      <TextInput name="name" label="Full name" autoComplete="name" defaultValue={name} maxLength={120} />
      <TextInput
        name="phone"
        label="Phone"
        optional
        type="tel"
        autoComplete="tel"
        defaultValue={phone ?? ""}
      />
      <SubmitButton className="mt-2 justify-self-start">Save details</SubmitButton>
    </ActionForm>
  );
}

/** The old password and a new one. `email` helps password managers to file it. */
export function PasswordForm({ email }: { email: string }) {
  return (
    <ActionForm action={changePassword} className="grid max-w-form gap-5" label="Change password">
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <TextInput
        name="currentPassword"
        label="Current password"
        type="password"
        autoComplete="current-password"
      />
      <TextInput
        name="newPassword"
        label="New password"
        type="password"
        hint={`${LONG_PASSWORD} characters or more, such as four words. All other devices are signed out.`}
        minLength={SHORTEST_PASSWORD}
        autoComplete="new-password"
      />
      <SubmitButton look="line" className="mt-2 justify-self-start">
        Change password
      </SubmitButton>
    </ActionForm>
  );
}
