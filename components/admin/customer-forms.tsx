import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Checkbox, Field, Select, Textarea, TextInput } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { eraseCustomer, giveMembership, noteCustomer, noteGuest } from "@/lib/actions/admin/customers";
import type { CustomerOwn } from "@/lib/queries/admin/customer";

type Account = NonNullable<CustomerOwn["account"]>;

/** The membership of an account: saved by itself, so that it can be taken back by itself. */
export function MembershipOfForm({
  account,
  tiers,
}: {
  account: Account;
  tiers: readonly { id: string; name: string; benefit: string }[];
}) {
  if (tiers.length === 0)
    return (
      <p className="text-s text-quiet">
        There is none yet.{" "}
        <Link href="/admin/customers/memberships" className="link inline-flex min-h-6 items-center">
          Make the first
        </Link>
      </p>
    );
  return (
    <ActionForm action={giveMembership} className="grid max-w-form gap-4" label="Membership">
      <input type="hidden" name="userId" value={account.id} />
      <VersionField version={account.version} />
      <Select name="tierId" label="Membership" optional defaultValue={account.tierId ?? ""}>
        <option value="">None</option>
        {tiers.map(({ id, name, benefit }) => (
          <option key={id} value={id}>
            {benefit ? `${name}: ${benefit}` : name}
          </option>
        ))}
      </Select>
      <SubmitButton look="line" small className="justify-self-start">
        Save<span className="sr-only"> the membership</span>
      </SubmitButton>
    </ActionForm>
  );
}

/** What the staff keeps of an account in words. */
export function NoteForm({ account }: { account: Account }) {
  return (
    <ActionForm action={noteCustomer} className="grid max-w-form gap-4" label="Note">
      <input type="hidden" name="userId" value={account.id} />
      <VersionField version={account.version} />
      <Textarea
        name="note"
        label="Note"
        hint="Only admins read it."
        optional
        rows={4}
        maxLength={4000}
        defaultValue={account.staffNote ?? ""}
      />
      <SubmitButton look="line" small className="justify-self-start">
        Save<span className="sr-only"> the note</span>
      </SubmitButton>
    </ActionForm>
  );
}

/** What the staff keeps of somebody without an account. */
export function GuestNoteForm({
  orderId,
  kept,
}: {
  /** The order that names the guest's page. */
  orderId: string;
  kept: CustomerOwn["guestNote"];
}) {
  return (
    <ActionForm action={noteGuest} className="grid max-w-form gap-4" label="Note">
      <input type="hidden" name="orderId" value={orderId} />
      <VersionField version={kept.version} />
      <Textarea
        name="note"
        label="Note"
        hint="Only admins read it. It stays with the address."
        optional
        rows={4}
        maxLength={4000}
        defaultValue={kept.note}
      />
      <SubmitButton look="line" small className="justify-self-start">
        Save
      </SubmitButton>
    </ActionForm>
  );
}

/** A person asked for their data, or to be forgotten: both are done with their address typed out. */
export function PrivacyForms({
  id,
  email,
  isGuest = false,
  isFormer = false,
  wrong,
}: {
  /** The account's, or that of an order: a guest's, or of the former shop. */
  id: string;
  email: string;
  isGuest?: boolean;
  /** Known from the former shop alone. */
  isFormer?: boolean;
  /** The address that was typed for the export was not theirs. */
  wrong: boolean;
}) {
  const guest = (isGuest || isFormer) && (
    <input type="hidden" name={isFormer ? "isFormer" : "isGuest"} value="1" />
  );
  return (
    <div className="grid gap-6">
      <form
        method="post"
        action={`/api/customers/${id}`}
        className="grid max-w-form gap-3"
        aria-label="Export"
      >
        {guest}
        <Field
          id="export-typed"
          label="To export, type the address"
          hint={`A file with all that the shop keeps about ${email}.`}
          {...(wrong && { error: "That is not the address of this customer." })}
        >
          <input
            id="export-typed"
            name="typed"
            type="text"
            required
            autoComplete="off"
            aria-describedby={wrong ? "export-typed-hint export-typed-error" : "export-typed-hint"}
            aria-invalid={wrong || undefined}
            className="control"
          />
        </Field>
        <Button type="submit" look="line" small className="justify-self-start">
          Export the data
        </Button>
      </form>
      <details>
        <summary className="link inline-flex min-h-6 items-center text-signal">Erase this customer</summary>
        <ActionForm action={eraseCustomer} className="mt-3 grid max-w-form gap-3" label="Erase">
          <input type="hidden" name="key" value={id} />
          {guest}
          <p className="text-s text-quiet">
            {isFormer
              ? "Name, addresses and notes go for good, from each order of this address. Goods and sums stay."
              : "Name, addresses, reviews and messages go for good. Orders keep their goods and sums for the books."}
          </p>
          <TextInput name="typed" label="To erase, type the address" hint={email} autoComplete="off" />
          <Checkbox name="sure" label="Yes, erase this customer. Nobody can bring them back." required />
          <SubmitButton look="line" small className="justify-self-start">
            Erase for good
          </SubmitButton>
        </ActionForm>
      </details>
    </div>
  );
}
