"use client";

import { useSyncExternalStore } from "react";
import { cx } from "@/components/ui/cx";
import { Select, TextInput } from "@/components/ui/field";
import { useFieldId, useFieldState } from "@/components/ui/form-state";
import { regionFault } from "@/lib/domain/address-faults";

/** Regions to choose from by country, `value` as it is stored. */
export type RegionChoices = Readonly<
  Record<string, readonly { readonly value: string; readonly name: string }[]>
>;

const never = () => () => {};

/**
 * The state, province or prefecture: chosen where the country's list is closed. Without scripts the list could not
 * follow the country, so there it is typed, by name or code, with the list as proposals.
 */
export function RegionField({
  name,
  label,
  choices,
  country,
  region,
  autoComplete,
}: {
  name: string;
  /** What the country calls it; none where it is no part of its addresses. */
  label: string | undefined;
  choices: RegionChoices[string] | undefined;
  country: string;
  region: string | null | undefined;
  autoComplete: string;
}) {
  const isScripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const listId = useFieldId(`${name}-list`, undefined);
  const { value: answered } = useFieldState(name);
  const stored = answered ?? region ?? "";
  const fault = label ? regionFault(label) : undefined;
  if (label && choices && isScripted) {
    const folded = stored.trim().toLowerCase();
    const known = choices.find(
      ({ value, name: long }) => value.toLowerCase() === folded || long.toLowerCase() === folded,
    );
    return (
      <Select
        name={name}
        label={label}
        fault={fault}
        autoComplete={autoComplete}
        defaultValue={known?.value ?? stored}
      >
        <option value="">Please choose</option>
        {stored && !known && <option value={stored}>{stored}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <>
      <TextInput
        name={name}
        maxLength={80}
        label={label ?? "State, province or prefecture"}
        hint={label ? undefined : "Only where it is part of the address"}
        optional={!label}
        fault={fault}
        autoComplete={autoComplete}
        list={choices && listId}
        defaultValue={region ?? ""}
        className={cx(!label && "hidden unscripted:grid")}
      />
      {choices && (
        <datalist id={listId}>
          {choices.map((choice) => (
            <option key={`${country}-${choice.value}`} value={choice.name} />
          ))}
        </datalist>
      )}
    </>
  );
}
