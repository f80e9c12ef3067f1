"use client";

import type { Route } from "next";
import { AddressFields, type AddressValues } from "@/components/accounts/address-fields";
import { ActionForm } from "@/components/ui/action-form";
import { RadioCard, Select, Textarea, TextInput } from "@/components/ui/field";
import type { FormState } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/pending";
import { Unsaved } from "@/components/ui/unsaved";
import { orderByHand } from "@/lib/actions/admin/manual-order";
import { formatMoney } from "@/lib/domain/money";
import type { PaymentMethod } from "@/lib/domain/payments";
import type { Goods } from "@/lib/queries/admin/manual-order";

type Made = FormState & { data?: { number: string; method: PaymentMethod; total: number; link: string } };

/** Chosen goods, who buys, where it goes, how it is paid; and after that the order with its link. */
export function ManualForm({
  goods,
  removeHrefs,
  currency,
  email,
  address,
  countries,
  deliveries,
  requestKey,
  takesTransfers,
}: {
  goods: readonly Goods[];
  /** By variant: the same page without it. */
  removeHrefs: Readonly<Record<string, string>>;
  currency: string;
  email: string;
  address: AddressValues | null;
  countries: readonly string[];
  deliveries: readonly { id: string; name: string; zone: string }[];
  requestKey: string;
  /** Whether the shop said where a bank transfer goes. */
  takesTransfers: boolean;
}) {
  const zones = [...new Set(deliveries.map(({ zone }) => zone))];
  return (
    <ActionForm<Made> action={orderByHand} className="grid max-w-form gap-6" label="Order">
      {({ status, data }) =>
        status === "ok" && data ? (
          <Notice
            tone="success"
            title={`Order ${data.number} is placed: ${formatMoney(data.total, currency)}`}
          >
            <p>
              {data.method === "card"
                ? "It waits for its money. The customer got a mail with the link to pay it; this is the same link:"
                : data.method === "bank_transfer"
                  ? "It waits for its money. The customer got a mail with your bank details. This link opens the order for them:"
                  : "The customer was told. This link opens the order for them:"}{" "}
              <a href={data.link} className="link wrap-anywhere">
                {data.link.split("?")[0]}
              </a>
            </p>
            <p>
              <Link href={`/admin/orders/${data.number}` as Route} className="link">
                Open it in the back office
              </Link>
            </p>
          </Notice>
        ) : (
          <>
            <input type="hidden" name="requestKey" value={requestKey} />
            <Unsaved />
            <ul id="lines" tabIndex={-1} className="border-t">
              {goods.map((one, i) => (
                <li key={one.variantId} className="grid grid-cols-[1fr_6rem] items-end gap-4 border-b py-3">
                  <div>
                    <p className="wrap-anywhere">
                      {one.name} {one.title && <span className="text-quiet">{one.title}</span>}
                    </p>
                    <p className="num text-s text-quiet">
                      {one.sku} · {formatMoney(one.price, currency)} · {one.available} available
                    </p>
                    <Link
                      href={(removeHrefs[one.variantId] ?? "/admin/orders/new") as Route}
                      how="stay"
                      className="link inline-flex min-h-6 items-center text-s"
                    >
                      Take off<span className="sr-only"> {one.name}</span>
                    </Link>
                  </div>
                  <div>
                    <input type="hidden" name={`lines.${i}.variantId`} value={one.variantId} />
                    <TextInput
                      name={`lines.${i}.quantity`}
                      label={
                        <>
                          Pieces<span className="sr-only"> of {one.name}</span>
                        </>
                      }
                      type="number"
                      inputMode="numeric"
                      min={0}
                      defaultValue={1}
                    />
                  </div>
                </li>
              ))}
              {goods.length === 0 && <li className="border-b py-3 text-quiet">No goods chosen yet.</li>}
            </ul>
            <TextInput
              name="email"
              label="E-mail of the customer"
              hint="An account with this verified address gets the order into its history."
              type="email"
              defaultValue={email}
              autoComplete="off"
            />
            <fieldset className="grid gap-4">
              <legend className="mb-2 font-semibold">Deliver to</legend>
              <AddressFields
                prefix="shipping"
                address={address ?? {}}
                {...(countries.length > 0 && { codes: countries })}
              />
            </fieldset>
            <Select name="shippingRateId" label="Delivery" hint="One that reaches the address.">
              {zones.map((zone) => (
                <optgroup key={zone} label={zone}>
                  {deliveries
                    .filter((delivery) => delivery.zone === zone)
                    .map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                </optgroup>
              ))}
            </Select>
            <TextInput name="discountCode" label="Discount code" optional autoComplete="off" maxLength={40} />
            <fieldset id="method" tabIndex={-1} className="grid gap-3">
              <legend className="mb-2 font-semibold">Payment</legend>
              <RadioCard
                name="method"
                value="card"
                title="By a link"
                detail="The customer gets a mail and pays by card; the goods are kept until then."
                defaultChecked
              />
              <RadioCard
                name="method"
                value="cash_on_delivery"
                title="In cash"
                detail="Collected when it is handed over."
              />
              <RadioCard
                name="method"
                value="bank_transfer"
                title="By bank transfer"
                detail={
                  takesTransfers
                    ? "The customer is mailed your bank details; you mark it as paid when the money is there."
                    : "Write your bank details into the settings first."
                }
                disabled={!takesTransfers}
              >
                {takesTransfers && (
                  <TextInput
                    name="holdDays"
                    label="Days to wait for it"
                    hint="So long the goods are kept."
                    type="number"
                    inputMode="numeric"
                    min={1}
                    max={60}
                    defaultValue={7}
                  />
                )}
              </RadioCard>
              <RadioCard
                name="method"
                value="none"
                title="Nothing to pay"
                detail="Only where a discount takes the whole sum."
              />
            </fieldset>
            <Textarea name="note" label="Note of the customer" optional rows={2} maxLength={500} />
            <SubmitButton className="justify-self-start">Place the order</SubmitButton>
          </>
        )
      }
    </ActionForm>
  );
}
