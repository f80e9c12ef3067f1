import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Select, TextInput } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import {
  activateStaff,
  changeStaffPolicy,
  changeStaffRole,
  deactivateStaff,
  endStaffSessions,
  inviteStaff,
  removeStaffFactor,
} from "@/lib/actions/admin/staff";
import type { StaffMember } from "@/lib/queries/admin/staff";

/** A new member of staff: they get a mail with a link to choose a password. */
export function InviteForm() {
  return (
    <ActionForm action={inviteStaff} label="Invite somebody" className="grid gap-4" idPrefix="invite-">
      <TextInput name="name" label="Name" autoComplete="off" maxLength={120} />
      <TextInput name="email" label="E-mail" type="email" autoComplete="off" />
      <Select name="role" label="Role" defaultValue="owner">
        <option value="owner">Owner: sells their own goods</option>
        <option value="admin">Admin: runs the shop</option>
      </Select>
      <TextInput
        name="shopName"
        label="Name of an owner's shop"
        hint="Their own name where this stays empty."
        optional
        autoComplete="off"
        maxLength={80}
      />
      <SubmitButton small className="justify-self-start">
        Invite
      </SubmitButton>
    </ActionForm>
  );
}

/** Whether the back office asks for a second factor. */
export function PolicyForm({ secondFactor }: { secondFactor: boolean }) {
  return (
    <ActionForm action={changeStaffPolicy} label="Second factor of the staff" className="grid gap-4">
      <VersionField version={secondFactor ? 1 : 0} />
      <Checkbox
        name="secondFactor"
        label="Owners and admins need a second factor"
        hint="Those without one come in again once they have set it up on their profile."
        defaultChecked={secondFactor}
      />
      <p className="text-s text-quiet">
        Yours is set up{" "}
        <Link href="/account/profile#second-factor" className="link">
          on your profile
        </Link>
        ; without it this cannot be asked of others.
      </p>
      <SubmitButton look="line" small className="justify-self-start">
        Save
      </SubmitButton>
    </ActionForm>
  );
}

/** Another role for somebody else. */
export function RoleForm({ member }: { member: StaffMember }) {
  return (
    <ActionForm action={changeStaffRole} label="Role" className="grid gap-4" idPrefix="role-">
      <input type="hidden" name="userId" value={member.id} />
      <VersionField version={member.version} />
      <Select name="role" label="Role" defaultValue={member.role}>
        <option value="owner">Owner: sells their own goods</option>
        <option value="admin">Admin: runs the shop</option>
        <option value="customer">Customer: leaves the staff</option>
      </Select>
      {member.role !== "owner" && (
        <TextInput
          name="shopName"
          label="Name of an owner's shop"
          optional
          autoComplete="off"
          maxLength={80}
        />
      )}
      <p className="text-s text-quiet">
        It signs them out. The goods of an owner who becomes something else are not sold any more.
      </p>
      <SubmitButton small className="justify-self-start">
        Change the role
      </SubmitButton>
    </ActionForm>
  );
}

/** Off and on again. */
export function ActiveForm({ member: { id, version, isActive } }: { member: StaffMember }) {
  return (
    <ActionForm
      action={isActive ? deactivateStaff : activateStaff}
      label={isActive ? "Switch off" : "Switch on"}
      className="grid gap-3"
      idPrefix="active-"
    >
      <input type="hidden" name="userId" value={id} />
      <VersionField version={version} />
      <p className="text-s text-quiet">
        {isActive
          ? "Signs them out at once, and nobody comes in with this account. Their goods stay in the shop."
          : "They come in again with the password they had."}
      </p>
      <SubmitButton look="line" small className="justify-self-start">
        {isActive ? "Switch the account off" : "Switch the account on"}
      </SubmitButton>
    </ActionForm>
  );
}

/** Signs somebody out everywhere. */
export function EndSessionsForm({ userId }: { userId: string }) {
  return (
    <ActionForm action={endStaffSessions} label="Sign out everywhere">
      <input type="hidden" name="userId" value={userId} />
      <SubmitButton look="line" small>
        Sign out everywhere
      </SubmitButton>
    </ActionForm>
  );
}

/** For who lost phone and recovery codes. */
export function RemoveFactorForm({ userId }: { userId: string }) {
  return (
    <ActionForm action={removeStaffFactor} label="Remove the second factor" className="grid gap-3">
      <input type="hidden" name="userId" value={userId} />
      <p className="text-s text-quiet">
        For somebody who lost phone and recovery codes: be sure that it is they who ask. It signs them out.
      </p>
      <SubmitButton look="line" small className="justify-self-start">
        Remove it
      </SubmitButton>
    </ActionForm>
  );
}
