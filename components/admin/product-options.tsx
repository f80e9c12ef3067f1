import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Textarea, TextInput } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { saveOptions } from "@/lib/actions/admin/catalog-options";
import { MOST_OPTIONS, type Option, SWATCH_EXAMPLE } from "@/lib/domain/catalog-options";
import type { ProductForm, VariantForm } from "@/lib/queries/admin/products";
import { MissingVariants } from "./missing-variants";
import { Panel } from "./page-head";

/** What a product can be chosen in, the variants that this makes possible, and those that were given up. */
export function ProductOptions({ product, currency }: { product: ProductForm; currency: string }) {
  const { id, options, version } = product;
  return (
    <Panel title="Options" id="options">
      <p className="mb-4 max-w-read text-s text-quiet">
        What a shopper chooses: a colour, a size. The variants that are there take the first value of a new
        option. A value that goes takes its variants off sale; their stock and orders are kept.
      </p>
      <ActionForm action={saveOptions} label="Options" idPrefix={`options-${id}-`} className="grid gap-6">
        <input type="hidden" name="productId" value={id} />
        <VersionField version={version} />
        {/* Enter in a field saves; without this the first button to move something would be pressed. */}
        <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only">
          Keep the options
        </button>
        {options.map((option, i) => (
          <OptionFields
            key={option.id}
            option={option}
            index={i}
            isLast={i === options.length - 1}
            variants={product.variants}
          />
        ))}
        {options.length < MOST_OPTIONS && (
          <div className="grid gap-x-3 gap-y-4 sm:grid-cols-[12rem_minmax(0,1fr)]">
            <TextInput
              name="newName"
              label={options.length === 0 ? "First option" : "Another option"}
              hint="Colour, say."
              maxLength={60}
              autoComplete="off"
              required={false}
            />
            <TextInput
              name="newValues"
              label="Its values"
              hint="Separated by commas: Red, Blue."
              maxLength={1_000}
              autoComplete="off"
              required={false}
            />
          </div>
        )}
        <SubmitButton look="line" small className="justify-self-start">
          Keep the options
        </SubmitButton>
      </ActionForm>
      <MissingVariants product={product} currency={currency} />
      {product.retired.length > 0 && <Retired variants={product.retired} />}
    </Panel>
  );
}

function OptionFields({
  option,
  index,
  isLast,
  variants,
}: {
  option: Option;
  index: number;
  isLast: boolean;
  variants: readonly VariantForm[];
}) {
  const name = (field: string) => `options.${index}.${field}`;
  const isColour = /colou?r/i.test(option.name) || option.values.some(({ swatch }) => swatch);
  return (
    <fieldset className="grid gap-3 border-b pb-5">
      <legend className="sr-only">{option.name}</legend>
      <input type="hidden" name={name("id")} value={option.id} />
      <div className="flex flex-wrap items-end gap-x-2 gap-y-1">
        <TextInput
          name={name("name")}
          label="Option"
          defaultValue={option.name}
          maxLength={60}
          autoComplete="off"
          className="grow sm:max-w-56"
        />
        <Moves id={option.id} of={option.name} isFirst={index === 0} isLast={isLast} what="option" />
      </div>
      <ul className="grid gap-2 sm:pl-6">
        {option.values.map((value, i) => {
          const field = (part: string) => name(`values.${i}.${part}`);
          const count = variants.filter(({ optionKey }) => optionKey.includes(value.id)).length;
          return (
            <li key={value.id} className="flex flex-wrap items-end gap-x-2 gap-y-1">
              <input type="hidden" name={field("id")} value={value.id} />
              <TextInput
                name={field("value")}
                label={
                  <>
                    Value
                    <span className="sr-only">
                      {" "}
                      {i + 1} of {option.name}
                    </span>
                    <span className="font-normal text-quiet">
                      {" "}
                      {count === 0 ? "no variant yet" : `${count} ${count === 1 ? "variant" : "variants"}`}
                    </span>
                  </>
                }
                defaultValue={value.value}
                maxLength={60}
                autoComplete="off"
                className="grow sm:max-w-56"
              />
              {isColour && (
                <TextInput
                  name={field("swatch")}
                  label={
                    <>
                      Swatch<span className="sr-only"> of {value.value}</span>
                    </>
                  }
                  defaultValue={value.swatch ?? ""}
                  placeholder={SWATCH_EXAMPLE}
                  maxLength={7}
                  spellCheck={false}
                  autoComplete="off"
                  required={false}
                  className="num w-28"
                />
              )}
              <Moves
                id={value.id}
                of={value.value}
                isFirst={i === 0}
                isLast={i === option.values.length - 1}
                what="value"
              />
            </li>
          );
        })}
      </ul>
      <Textarea
        name={name("add")}
        label={
          <>
            Add values<span className="sr-only"> to {option.name}</span>
          </>
        }
        hint="Separated by commas."
        rows={1}
        maxLength={1_000}
        required={false}
        className="sm:max-w-form sm:pl-6"
      />
    </fieldset>
  );
}

function Moves({
  id,
  of,
  isFirst,
  isLast,
  what,
}: {
  id: string;
  of: string;
  isFirst: boolean;
  isLast: boolean;
  what: "option" | "value";
}) {
  const ways = [
    { way: "up", label: "Up", isOff: isFirst },
    { way: "down", label: "Down", isOff: isLast },
    { way: "drop", label: what === "option" ? "Remove option" : "Remove", isOff: false },
  ];
  return (
    <p className="flex">
      {ways.map(
        ({ way, label, isOff }) =>
          !isOff && (
            <SubmitButton key={way} look="quiet" small name="do" value={`${way}:${id}`}>
              {label}
              <span className="sr-only"> {of}</span>
            </SubmitButton>
          ),
      )}
    </p>
  );
}

/** Nothing of these is deleted: their stock can still be moved, and they come back with their value. */
function Retired({ variants }: { variants: readonly VariantForm[] }) {
  return (
    <details className="mt-6">
      <summary className="inline-flex min-h-6 items-center text-s underline-offset-4 hover:underline">
        No longer offered: {variants.length} {variants.length === 1 ? "variant" : "variants"}
      </summary>
      <p className="mt-2 max-w-read text-s text-quiet">
        They come back as they were, with stock and SKU, once their values are there again.
      </p>
      <ul className="mt-2">
        {variants.map((variant) => (
          <li key={variant.id} className="flex flex-wrap justify-between gap-x-4 border-b py-2 text-s">
            <span>
              {variant.title || "One form"} <span className="num text-quiet">{variant.sku}</span>
            </span>
            <Link
              href={`/admin/stock/${variant.id}` as Route}
              className="link num inline-flex min-h-6 items-center"
            >
              {variant.available} on the shelf<span className="sr-only">, stock of {variant.sku}</span>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
