import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Select, Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { saveSettings } from "@/lib/actions/admin/settings";
import { toDecimal } from "@/lib/domain/money";
import { rateText } from "@/lib/domain/payouts";
import type { SettingsForm as Settings } from "@/lib/queries/admin/settings";
import { Panel } from "./page-head";

/** All settings of the store, saved at once. */
export function SettingsForm({
  settings,
  countries,
  timeZones,
}: {
  settings: Settings;
  countries: readonly { code: string; name: string }[];
  timeZones: readonly string[];
}) {
  const { currency, cashOnDeliveryLimit: limit } = settings;
  return (
    <ActionForm action={saveSettings} label="Settings" className="grid gap-8">
      <VersionField version={settings.version} />
      <Part title="The shop" id="shop">
        <TextInput
          name="storeName"
          label="Name"
          hint="In the bar, titles, mails and papers."
          defaultValue={settings.storeName}
          maxLength={80}
        />
        <TextInput
          name="storeEmail"
          label="E-mail"
          hint="Shoppers write to it; mails come from the server's own sender."
          type="email"
          defaultValue={settings.storeEmail}
        />
        <Select name="country" label="Country" hint="Where it sells from." defaultValue={settings.country}>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <TextInput
          name="timeZone"
          label="Time zone"
          hint="In which everybody reads hours and days."
          list="time-zones"
          defaultValue={settings.timeZone}
          autoComplete="off"
          spellCheck={false}
        />
        <datalist id="time-zones">
          {timeZones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <TextInput
          name="locale"
          label="Numbers and amounts"
          hint="How they are written: en-IE, en-US, de-DE …"
          defaultValue={settings.locale}
          autoComplete="off"
          spellCheck={false}
        />
      </Part>
      <Part title="The home page" id="home">
        <TextInput
          name="tagline"
          label="Beside the name"
          hint="In the window's title and where the home page is shared."
          defaultValue={settings.tagline ?? ""}
          optional
          maxLength={80}
        />
        <TextInput
          name="homeStatement"
          label="Statement"
          hint="The large line, also at the foot of every page. Left empty, the shop's name."
          defaultValue={settings.homeStatement ?? ""}
          optional
          maxLength={80}
        />
        <Textarea
          name="homeText"
          label="Text"
          hint="What you sell, in a sentence or two. Search engines show it, too."
          defaultValue={settings.homeText ?? ""}
          optional
          rows={3}
          maxLength={300}
        />
      </Part>
      <Part title="The seller, on invoices" id="seller">
        <TextInput
          name="legalName"
          label="Name"
          hint="Left empty, the shop's own."
          defaultValue={settings.legalName ?? ""}
          optional
          maxLength={120}
        />
        <TextInput
          name="taxNumber"
          label="VAT or tax number"
          defaultValue={settings.taxNumber ?? ""}
          optional
          maxLength={60}
          autoComplete="off"
        />
        <Textarea
          name="sellerAddress"
          label="Address"
          hint="As lines. Returns go there, too."
          defaultValue={settings.sellerAddress ?? ""}
          optional
          rows={4}
          maxLength={500}
        />
        <Textarea
          name="bankDetails"
          label="Bank details"
          hint="For orders by hand that are paid by bank transfer: whose account, IBAN, bank."
          defaultValue={settings.bankDetails ?? ""}
          optional
          rows={3}
          maxLength={300}
        />
      </Part>
      <Part title="Prices" id="prices">
        <TextInput
          name="currency"
          label="Currency"
          hint={
            settings.hasOrders
              ? "Settled with the first order: the books keep one currency."
              : "Three letters. Prices keep their digits; settled with the first order."
          }
          defaultValue={currency}
          readOnly={settings.hasOrders}
          maxLength={3}
          autoComplete="off"
          className="num"
        />
        <Select
          name="pricesIncludeTax"
          label="Prices are"
          hint="Orders keep what was true when they were placed."
          defaultValue={settings.pricesIncludeTax ? "yes" : "no"}
        >
          <option value="yes">with tax</option>
          <option value="no">without tax; it is added in the cart</option>
        </Select>
        <Checkbox
          name="cashOnDelivery"
          label="Cash on delivery may be chosen"
          defaultChecked={settings.cashOnDelivery}
        />
        <TextInput
          name="cashOnDeliveryLimit"
          label={`In cash up to, ${currency}`}
          defaultValue={limit === null ? "" : toDecimal(limit, currency)}
          optional
          inputMode="decimal"
          autoComplete="off"
          className="num"
        />
      </Part>
      <Part title="Orders and stock" id="orders">
        <Whole
          name="paymentWindowMinutes"
          label="Payment window, minutes"
          hint="How long an unpaid order holds its goods."
          value={settings.paymentWindowMinutes}
          max={1440}
        />
        <Whole
          name="returnWindowDays"
          label="Return window, days"
          hint="After delivery; 0 for none. The shop's pages and mails say it."
          value={settings.returnWindowDays}
          max={365}
        />
        <TextInput
          name="orderPrefix"
          label="Orders begin with"
          hint="One to four letters; of new orders."
          defaultValue={settings.orderPrefix}
          maxLength={4}
          autoComplete="off"
          className="num"
        />
        <Whole
          name="maxLineQuantity"
          label="Of one item in a cart, at most"
          value={settings.maxLineQuantity}
          max={999}
        />
        <Whole
          name="lowStockThreshold"
          label="Low from, pieces"
          hint="Of variants that are new; each keeps its own on its stock page."
          value={settings.lowStockThreshold}
          max={100_000}
        />
        <TextInput
          name="commission"
          label="Commission, percent"
          hint="What the shop keeps of owners' sales, of new orders; an owner may have another rate (Payouts)."
          defaultValue={rateText(settings.commission)}
          inputMode="decimal"
          autoComplete="off"
          className="num"
        />
      </Part>
      <SubmitButton small className="justify-self-start">
        Save
      </SubmitButton>
    </ActionForm>
  );
}

function Part({ title, id, children }: { title: string; id: string; children: ReactNode }) {
  return (
    <Panel title={title} id={id}>
      <div className="grid gap-x-12 gap-y-5 md:grid-cols-2">{children}</div>
    </Panel>
  );
}

function Whole({
  name,
  label,
  hint,
  value,
  max,
}: {
  name: string;
  label: string;
  hint?: string;
  value: number;
  max: number;
}) {
  return (
    <TextInput
      name={name}
      label={label}
      hint={hint}
      type="number"
      inputMode="numeric"
      min={0}
      max={max}
      defaultValue={value}
      className="num"
    />
  );
}
