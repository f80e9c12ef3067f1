"use client";

import { useState } from "react";
import { Select, TextInput } from "@/components/ui/field";
import { useFieldState } from "@/components/ui/form-state";
import { emptyFault, NEEDED, postalFault } from "@/lib/domain/address-faults";
// Not from domain/addresses: zod tries `eval` when it loads, which the script policy reports.
import { type CountryRule, countries } from "@/lib/domain/countries";
import { type RegionChoices, RegionField } from "./region-field";

/** What stands in the fields at first. */
export type AddressValues = {
  name?: string | null;
  company?: string | null;
  line1?: string | null;
  line2?: string | null;
  city?: string | null;
  region?: string | null;
  postalCode?: string | null;
  country?: string | null;
  phone?: string | null;
};

/**
 * The fields of an address, as its country writes them. With `prefix` "shipping" the fields are named
 * "shipping.line1" and so on. Stands inside an `ActionForm`, which knows errors and typed values.
 */
export function AddressFields({
  prefix,
  address = {},
  codes = Object.keys(countries),
  country: fallback = "DE",
  regions = {},
  section,
  withName = true,
}: {
  prefix?: string;
  address?: AddressValues | undefined;
  /** The countries to choose from, ISO 3166-1 alpha-2. */
  codes?: readonly string[];
  /** Chosen where the address has none. */
  country?: string;
  /** The regions of the countries whose list is closed; elsewhere the region is typed. */
  regions?: RegionChoices;
  /** Which of several addresses on one page this is, for the browser's autofill. */
  section?: "shipping" | "billing";
  withName?: boolean;
}) {
  const named = (name: string) => (prefix ? `${prefix}.${name}` : name);
  const auto = (token: string) => (section ? `${section} ${token}` : token);
  const { value: answered } = useFieldState(named("country"));
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const first = answered ?? address.country ?? fallback;
  const country = chosen ?? first;
  const rule: CountryRule = countries[country] ?? {
    name: country,
    postalLabel: "Postal code",
    cityLabel: "City",
  };
  const digitsOnly = /^\d+$/.test(rule.postalExample ?? "");

  const postal = (
    <TextInput
      key="postal"
      name={named("postalCode")}
      maxLength={20}
      label={rule.postalLabel}
      optional={!rule.postalExample}
      fault={(typed) => postalFault(country, typed)}
      hint={rule.postalExample && `Like ${rule.postalExample}`}
      autoComplete={auto("postal-code")}
      inputMode={digitsOnly ? "numeric" : undefined}
      autoCapitalize="characters"
      defaultValue={address.postalCode ?? ""}
    />
  );
  const city = (
    <TextInput
      key="city"
      name={named("city")}
      maxLength={120}
      label={rule.cityLabel}
      fault={emptyFault(NEEDED.city)}
      // Level with its neighbour, which has a line more.
      hint={rule.postalExample && <span aria-hidden="true">&nbsp;</span>}
      autoComplete={auto("address-level2")}
      defaultValue={address.city ?? ""}
    />
  );
  return (
    <div className="grid gap-5">
      <Select
        name={named("country")}
        label="Country"
        autoComplete={auto("country")}
        // Not the chosen one: another default makes the select anew, and the keyboard's place would be lost.
        defaultValue={first}
        onChange={(event) => setChosen(event.target.value)}
      >
        {[...codes]
          .sort((a, b) => (countries[a]?.name ?? a).localeCompare(countries[b]?.name ?? b, "en"))
          .map((code) => (
            <option key={code} value={code}>
              {countries[code]?.name ?? code}
            </option>
          ))}
      </Select>
      {withName && (
        <TextInput
          name={named("name")}
          label="Full name"
          fault={emptyFault(NEEDED.name)}
          autoComplete={auto("name")}
          maxLength={120}
          defaultValue={address.name ?? ""}
        />
      )}
      <TextInput
        name={named("company")}
        maxLength={120}
        label="Company"
        optional
        autoComplete={auto("organization")}
        defaultValue={address.company ?? ""}
      />
      <TextInput
        name={named("line1")}
        maxLength={120}
        label="Street and number"
        fault={emptyFault(NEEDED.line1)}
        autoComplete={auto("address-line1")}
        defaultValue={address.line1 ?? ""}
      />
      <TextInput
        name={named("line2")}
        maxLength={120}
        label="Flat, floor, building"
        optional
        autoComplete={auto("address-line2")}
        defaultValue={address.line2 ?? ""}
      />
      <div className="grid grid-cols-2 gap-5 max-[22rem]:grid-cols-1">
        {rule.cityFirst ? [city, postal] : [postal, city]}
      </div>
      {/* Without scripts the labels cannot follow the country, so the field is there for whoever needs it. */}
      {(rule.regionLabel || chosen === undefined) && (
        <RegionField
          key={country}
          name={named("region")}
          label={rule.regionLabel}
          choices={regions[country]}
          country={country}
          autoComplete={auto("address-level1")}
          // A region of one country is none of another.
          region={chosen === undefined || chosen === address.country ? address.region : null}
        />
      )}
      <TextInput
        name={named("phone")}
        maxLength={40}
        label="Phone"
        hint="For the courier only"
        optional
        type="tel"
        autoComplete={auto("tel")}
        defaultValue={address.phone ?? ""}
      />
    </div>
  );
}
