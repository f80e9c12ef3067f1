import { Select, TextInput } from "@/components/ui/field";
import { CONTENT_UNITS } from "@/lib/domain/catalog-input";
import { marginOf } from "@/lib/domain/catalog-margin";
import { formatMoney, toDecimal } from "@/lib/domain/money";
import type { VariantForm } from "@/lib/queries/admin/products";

/** What a variant costs its owner, how much a piece holds, and what happens once none is left: folded below its row. */
export function VariantMore({
  variant,
  name,
  currency,
  taxPpm,
}: {
  variant: VariantForm;
  name: (field: string) => string;
  currency: string;
  taxPpm: number;
}) {
  const of = <span className="sr-only"> of {variant.sku}</span>;
  return (
    <details className="col-span-full text-s">
      <summary className="inline-flex min-h-6 flex-wrap items-center gap-x-3 text-quiet">
        <span>{summaryOf(variant, currency, taxPpm)}</span>
        <span className="link">
          Change<span className="sr-only"> cost, stock rule and content of {variant.sku}</span>
        </span>
      </summary>
      <div className="grid grid-cols-2 gap-3 pt-2 pb-3 sm:grid-cols-[8rem_minmax(0,16rem)_8rem]">
        <TextInput
          name={name("cost")}
          label={
            <>
              Cost, {currency}
              {of}
            </>
          }
          defaultValue={variant.cost === null ? "" : toDecimal(variant.cost, currency)}
          inputMode="decimal"
          autoComplete="off"
          required={false}
        />
        <Select
          name={name("policy")}
          label={<>Once none is left{of}</>}
          defaultValue={variant.backorder ? "sell" : "stop"}
          className="max-sm:col-span-2 max-sm:row-start-2"
        >
          <option value="stop">Stop selling</option>
          <option value="sell">Sell on, deliver later</option>
        </Select>
        <TextInput
          name={name("backorderLimit")}
          label={<>At most{of}</>}
          placeholder="any number"
          defaultValue={variant.backorderLimit ?? ""}
          inputMode="numeric"
          maxLength={6}
          autoComplete="off"
          required={false}
        />
        <TextInput
          name={name("unitAmount")}
          label={<>Content{of}</>}
          placeholder="none told"
          defaultValue={variant.unitAmount ?? ""}
          inputMode="numeric"
          maxLength={9}
          autoComplete="off"
          required={false}
        />
        <Select
          name={name("unit")}
          label={<>Counted in{of}</>}
          defaultValue={variant.unit ?? ""}
          required={false}
        >
          <option value="">no unit price</option>
          {CONTENT_UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {unit}
            </option>
          ))}
        </Select>
      </div>
    </details>
  );
}

function summaryOf(
  { cost, price, backorder, backorderLimit, unitAmount, unit }: VariantForm,
  currency: string,
  taxPpm: number,
): string {
  const margin = cost === null ? null : marginOf(price, cost, taxPpm);
  const parts = [
    cost === null ? "No cost told" : `Costs ${formatMoney(cost, currency)}`,
    margin !== null && `margin ${margin} %${taxPpm > 0 ? " after tax" : ""}`,
    backorder
      ? `sells on when none is left${backorderLimit === null ? "" : `, at most ${backorderLimit}`}`
      : "stops when none is left",
    unitAmount !== null && `holds ${unitAmount} ${unit}`,
  ];
  return parts.filter(Boolean).join(" · ");
}
