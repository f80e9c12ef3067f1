import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Select, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { saveTaxClass, saveTaxRate } from "@/lib/actions/admin/tax";
import { percentText } from "@/lib/domain/tax-form";
import type { TaxClassRow, TaxRateRow } from "@/lib/queries/admin/tax";

/** A class of goods; without one, a new one. */
export function TaxClassForm({ one }: { one?: TaxClassRow }) {
  return (
    <ActionForm
      action={saveTaxClass}
      idPrefix={one ? `${one.id}-` : "new-class-"}
      label={one ? `Change ${one.name}` : "New tax class"}
      className="grid max-w-form gap-4"
    >
      {one && (
        <>
          <input type="hidden" name="classId" value={one.id} />
          <VersionField version={one.version} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-[1fr_12rem]">
        <TextInput name="name" label="Name" defaultValue={one?.name} maxLength={80} />
        <TextInput
          name="code"
          label="Code"
          defaultValue={one?.code}
          maxLength={40}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="num"
        />
      </div>
      <Checkbox
        name="isDefault"
        label="The default: of products without a class, and of shipping"
        defaultChecked={one?.isDefault ?? false}
      />
      <SubmitButton look="line" small className="justify-self-start">
        {one ? "Save the class" : "Add the class"}
      </SubmitButton>
    </ActionForm>
  );
}

/** The rate of a class in a place; without one, a new one. */
export function TaxRateForm({
  one,
  rate,
  countries,
  country,
}: {
  one: TaxClassRow;
  rate?: TaxRateRow;
  countries: readonly { code: string; name: string }[];
  country: string;
}) {
  return (
    <ActionForm
      action={saveTaxRate}
      idPrefix={rate ? `${rate.id}-` : `new-${one.id}-`}
      label={rate ? `Change ${rate.name}` : `New rate of ${one.name}`}
      className="grid gap-4"
    >
      <input type="hidden" name="taxClassId" value={one.id} />
      {rate && (
        <>
          <input type="hidden" name="rateId" value={rate.id} />
          <VersionField version={rate.version} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-[1.5fr_1fr_1fr_7rem]">
        <Select name="country" label="Country" defaultValue={rate?.country ?? country}>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <TextInput
          name="region"
          label="Region"
          defaultValue={rate?.region ?? ""}
          optional
          maxLength={80}
          autoComplete="off"
        />
        <TextInput name="name" label="Name" defaultValue={rate?.name} maxLength={80} autoComplete="off" />
        <TextInput
          name="rate"
          label="Per cent"
          defaultValue={rate ? percentText(rate.rate) : ""}
          inputMode="decimal"
          autoComplete="off"
          className="num"
        />
      </div>
      <Checkbox
        name="appliesToShipping"
        label="Shipping there is taxed, too"
        defaultChecked={rate?.appliesToShipping ?? true}
      />
      <SubmitButton look="line" small className="justify-self-start">
        {rate ? "Save the rate" : "Add the rate"}
      </SubmitButton>
    </ActionForm>
  );
}
