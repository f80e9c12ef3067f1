import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Select, Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { saveRate, saveZone } from "@/lib/actions/admin/shipping";
import { toDecimal } from "@/lib/domain/money";
import { rateKindLabel } from "@/lib/domain/shipping-form";
import type { RateRow, ZoneRow } from "@/lib/queries/admin/shipping";

/** Where a zone reaches and where it stands in the list; without a zone, a new one. */
export function ZoneForm({ zone, places }: { zone?: ZoneRow; places?: string }) {
  const prefix = zone ? `${zone.id}-` : "new-zone-";
  return (
    <ActionForm
      action={saveZone}
      idPrefix={prefix}
      label={zone ? `Change ${zone.name}` : "New zone"}
      className="grid max-w-form gap-4"
    >
      {zone && (
        <>
          <input type="hidden" name="zoneId" value={zone.id} />
          <VersionField version={zone.version} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <TextInput name="name" label="Name" defaultValue={zone?.name} maxLength={80} />
        <TextInput
          name="position"
          label="Place in the list"
          defaultValue={zone?.position ?? 0}
          required={false}
          inputMode="numeric"
          className="num"
        />
      </div>
      <Textarea
        name="places"
        label="Reaches"
        hint="One a line: Germany, or FR, or United States: Alaska. A region goes before its country."
        defaultValue={places}
        optional
        rows={Math.min(10, Math.max(3, zone?.places.length ?? 3))}
        spellCheck={false}
      />
      <SubmitButton look="line" small className="justify-self-start">
        {zone ? "Save the zone" : "Add the zone"}
      </SubmitButton>
    </ActionForm>
  );
}

/** One rate of a zone; without a rate, a new one. */
export function RateForm({ zone, rate, currency }: { zone: ZoneRow; rate?: RateRow; currency: string }) {
  const money = (amount: number | null | undefined) => (amount == null ? "" : toDecimal(amount, currency));
  const range = (value: number | null | undefined) =>
    rate?.kind === "weight" ? String(value ?? "") : money(value);
  return (
    <ActionForm
      action={saveRate}
      idPrefix={rate ? `${rate.id}-` : `new-${zone.id}-`}
      label={rate ? `Change ${rate.name} of ${zone.name}` : `New rate of ${zone.name}`}
      className="grid gap-4"
    >
      <input type="hidden" name="zoneId" value={zone.id} />
      {rate && (
        <>
          <input type="hidden" name="rateId" value={rate.id} />
          <VersionField version={rate.version} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <TextInput name="name" label="Name" defaultValue={rate?.name} maxLength={80} autoComplete="off" />
        <Select name="kind" label="Depends on" defaultValue={rate?.kind ?? "flat"}>
          {Object.entries(rateKindLabel).map(([kind, label]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </Select>
        <Digits name="amount" label={`Price, ${currency}`} value={money(rate?.amount)} />
        <Digits name="freeOver" label="Free from goods worth" value={money(rate?.freeOver)} optional />
        <Digits name="rangeMin" label="From (grams or worth)" value={range(rate?.rangeMin)} optional />
        <Digits name="rangeMax" label="To, not included" value={range(rate?.rangeMax)} optional />
        <Digits name="daysMin" label="Working days, from" value={String(rate?.daysMin ?? 1)} />
        <Digits name="daysMax" label="Working days, to" value={String(rate?.daysMax ?? 3)} />
        <Digits name="position" label="Place in the list" value={String(rate?.position ?? 0)} optional />
      </div>
      <Checkbox name="isActive" label="Offered" defaultChecked={rate?.isActive ?? true} />
      <SubmitButton look="line" small className="justify-self-start">
        {rate ? "Save the rate" : "Add the rate"}
      </SubmitButton>
    </ActionForm>
  );
}

function Digits({
  name,
  label,
  value,
  optional = false,
}: {
  name: string;
  label: string;
  value: string;
  optional?: boolean;
}) {
  return (
    <TextInput
      name={name}
      label={label}
      defaultValue={value}
      required={!optional}
      inputMode="decimal"
      autoComplete="off"
      className="num content-end"
    />
  );
}
