import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Select, Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { saveDiscount } from "@/lib/actions/admin/discounts";
import { discountKindLabel } from "@/lib/domain/discounts-form";
import { fieldMoment } from "@/lib/domain/moments-input";
import { toDecimal } from "@/lib/domain/money";
import type { DiscountForm as Discount, DiscountChoices } from "@/lib/queries/admin/discounts";
import { Panel } from "./page-head";
import { Ticks } from "./ticks";

/** Everything of a discount, new or stored; saved at once. */
export function DiscountForm({
  discount,
  choices,
  currency,
  timeZone,
}: {
  /** Left out: a new one. */
  discount?: Discount | undefined;
  choices: DiscountChoices;
  currency: string;
  timeZone: string;
}) {
  const money = (amount: number | null | undefined) => (amount == null ? "" : toDecimal(amount, currency));
  const value = discount?.kind === "percentage" ? String(discount.value ?? "") : money(discount?.value);
  return (
    <ActionForm
      action={saveDiscount}
      label={discount ? "Change the discount" : "New discount"}
      className="grid grid-cols-1 gap-8"
    >
      {discount && (
        <>
          <input type="hidden" name="discountId" value={discount.id} />
          <VersionField version={discount.version} />
        </>
      )}
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2">
        <div className="grid grid-cols-1 content-start gap-5">
          <TextInput
            name="title"
            label="Title"
            hint="Shoppers read it beside what it takes off."
            defaultValue={discount?.title}
            maxLength={120}
          />
          <TextInput
            name="code"
            label="Code"
            hint="Left empty, it applies by itself."
            defaultValue={discount?.code ?? ""}
            optional
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
          <div className="grid grid-cols-1 gap-5 sm:grid-cols-[1fr_9rem]">
            <Select name="kind" label="What it gives" defaultValue={discount?.kind ?? "percentage"}>
              {Object.entries(discountKindLabel).map(([kind, label]) => (
                <option key={kind} value={kind}>
                  {label}
                </option>
              ))}
            </Select>
            <TextInput
              name="value"
              label={`%, or ${currency}`}
              defaultValue={value}
              required={false}
              inputMode="decimal"
              autoComplete="off"
              className="num"
            />
          </div>
          <Checkbox name="isActive" label="Switched on" defaultChecked={discount?.isActive ?? true} />
        </div>
        <Limits discount={discount} tiers={choices.tiers} money={money} timeZone={timeZone} />
      </div>
      <Panel title="For which goods" id="targets">
        <p className="mb-4 text-s text-quiet">Nothing chosen means the whole order.</p>
        <div className="grid grid-cols-1 gap-x-12 gap-y-6 lg:grid-cols-2">
          <Ticks
            name="categoryIds"
            label="Categories, with all that stands below them"
            options={choices.categories}
            chosen={discount?.categoryIds ?? []}
          />
          <div className="grid grid-cols-1 content-start gap-4">
            {discount && discount.products.length > 0 && (
              <Ticks
                name="productIds"
                label="Products"
                options={discount.products.map(({ id, name }) => ({ id, label: name }))}
                chosen={discount.products.map(({ id }) => id)}
              />
            )}
            <Textarea
              name="goods"
              label="Add products"
              hint="One a line: a name, a SKU, or what stands after /p/."
              optional
              rows={3}
              spellCheck={false}
            />
          </div>
        </div>
      </Panel>
      <SubmitButton small className="justify-self-start">
        {discount ? "Save" : "Make it"}
      </SubmitButton>
    </ActionForm>
  );
}

function Limits({
  discount,
  tiers,
  money,
  timeZone,
}: {
  discount: Discount | undefined;
  tiers: DiscountChoices["tiers"];
  money: (amount: number | null | undefined) => string;
  timeZone: string;
}) {
  const zone = timeZone.replaceAll("_", " ");
  return (
    <div className="grid grid-cols-1 content-start gap-5">
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-5">
        <TextInput
          name="startsAt"
          label="Starts"
          type="datetime-local"
          defaultValue={fieldMoment(discount?.startsAt ?? null, timeZone)}
          optional
        />
        <TextInput
          name="endsAt"
          label="Ends"
          type="datetime-local"
          defaultValue={fieldMoment(discount?.endsAt ?? null, timeZone)}
          optional
        />
      </div>
      <p className="-mt-3 text-s text-quiet">On the clock of {zone}.</p>
      <TextInput
        name="minSubtotal"
        label="From goods worth"
        defaultValue={money(discount?.minSubtotal)}
        optional
        inputMode="decimal"
        autoComplete="off"
        className="num"
      />
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <TextInput
          name="totalLimit"
          label="Uses in all"
          defaultValue={discount?.totalLimit ?? ""}
          optional
          inputMode="numeric"
          autoComplete="off"
          className="num"
        />
        <TextInput
          name="perCustomerLimit"
          label="Uses a customer"
          defaultValue={discount?.perCustomerLimit ?? ""}
          optional
          inputMode="numeric"
          autoComplete="off"
          className="num"
        />
      </div>
      {tiers.length > 0 ? (
        <Select
          name="membershipTierId"
          label="For members"
          defaultValue={discount?.membershipTierId ?? ""}
          required={false}
        >
          <option value="">Everybody</option>
          {tiers.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      ) : null}
    </div>
  );
}
