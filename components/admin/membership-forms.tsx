import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { deleteMembership, saveMembership } from "@/lib/actions/admin/memberships";
import type { Tier } from "@/lib/queries/admin/memberships";
import { EndForm } from "./end-form";

/** The memberships that there are, each to be changed or removed, and a form for a new one. */
export function Memberships({ tiers }: { tiers: readonly Tier[] }) {
  return (
    <div className="grid grid-cols-1 gap-6">
      {tiers.length === 0 ? (
        <p className="text-quiet">
          There is none yet. Once there is, a customer’s page gives it to them, and a discount can be for its
          members alone.
        </p>
      ) : (
        <ul className="border-t">
          {tiers.map((tier) => (
            <li key={tier.id}>
              <details className="border-b">
                <summary className="grid min-h-target grid-cols-[1fr_auto] items-baseline gap-x-4 py-2.5">
                  <span className="wrap-anywhere">
                    <span className="font-semibold">{tier.name}</span>{" "}
                    <span className="text-s text-quiet">{tier.benefit}</span>
                  </span>
                  <span className="num text-s text-quiet">
                    {tier.members} {tier.members === 1 ? "member" : "members"}
                  </span>
                </summary>
                <div className="pt-2 pb-5">
                  <MembershipForm tier={tier} position={tier.position} />
                  {tier.members + tier.discounts === 0 ? (
                    <EndForm
                      action={deleteMembership}
                      row={tier}
                      label={`Delete ${tier.name}`}
                      button="Delete the membership"
                    />
                  ) : (
                    <p className="mt-4 text-s text-quiet">
                      It can be deleted once no customer has it and no discount asks for it.
                    </p>
                  )}
                </div>
              </details>
            </li>
          ))}
        </ul>
      )}
      <details open={tiers.length === 0}>
        <summary className="link inline-flex min-h-6 items-center text-s">Add a membership</summary>
        <div className="pt-3 pb-5">
          <MembershipForm key={tiers.length} position={(tiers.at(-1)?.position ?? 0) + 1} />
        </div>
      </details>
    </div>
  );
}

/** A membership; without one, a new one. */
function MembershipForm({ tier, position }: { tier?: Tier; position: number }) {
  return (
    <ActionForm
      action={saveMembership}
      idPrefix={tier ? `${tier.id}-` : "new-tier-"}
      label={tier ? `Change ${tier.name}` : "New membership"}
      className="grid max-w-form gap-4"
    >
      {tier && (
        <>
          <input type="hidden" name="id" value={tier.id} />
          <VersionField version={tier.version} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <TextInput name="name" label="Name" defaultValue={tier?.name} maxLength={60} autoComplete="off" />
        <TextInput
          name="position"
          label="Place"
          defaultValue={String(position)}
          inputMode="numeric"
          autoComplete="off"
          className="num"
        />
      </div>
      <TextInput
        name="benefit"
        label="Benefit"
        hint="In a few words, for your staff. What members pay less is a discount of its own."
        defaultValue={tier?.benefit}
        optional
        maxLength={200}
        autoComplete="off"
      />
      <SubmitButton look="line" small className="justify-self-start">
        {tier ? "Save the membership" : "Add the membership"}
      </SubmitButton>
    </ActionForm>
  );
}
