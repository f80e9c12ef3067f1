/** Catalogue: what the form of options makes of the stored ones: names, additions and the button that was pressed. */
import { newId } from "@/db/id";
import type { Option, OptionsInput } from "@/lib/domain/catalog-options";
import { ShopError } from "@/lib/domain/errors";

type Value = Option["values"][number];
type Draft = { id: string; name: string; values: Value[] };

/**
 * The options as they are wanted, in their order. What the form does not name stays as it is.
 * @throws ShopError not_found for ids of another product, invalid_input for names that repeat
 */
export function editedOptions(stored: readonly Option[], input: OptionsInput): Option[] {
  const fields: Record<string, string> = {};
  const options: Draft[] = stored.map(({ id, name, values }) => ({ id, name, values: [...values] }));
  for (const [i, typed] of input.options.entries()) {
    const option = options.find(({ id }) => id === typed.id);
    if (!option) throw new ShopError("not_found", { what: "option" });
    option.name = typed.name;
    for (const value of typed.values) {
      const at = option.values.findIndex(({ id }) => id === value.id);
      if (at < 0) throw new ShopError("not_found", { what: "value" });
      option.values[at] = { id: value.id, value: value.value, swatch: value.swatch || null };
    }
    const repeated = repeatOf(option.values.map(({ value }) => value));
    if (repeated !== undefined) {
      const place = typed.values.findIndex(({ id }) => id === option.values[repeated]?.id);
      fields[`options.${i}.values.${Math.max(0, place)}.value`] = "This option has that value already.";
    }
    const there = new Set(option.values.map(({ value }) => value.toLowerCase()));
    option.values.push(...fresh(typed.add.filter((value) => !there.has(value.toLowerCase()))));
  }
  const repeated = repeatOf(options.map(({ name }) => name));
  if (repeated !== undefined)
    fields[`options.${repeated}.name`] = "Another option of this product has that name.";
  if (input.newName || input.newValues.length > 0) {
    if (!input.newName) fields.newName = "Please enter a name.";
    else if (options.some(({ name }) => name.toLowerCase() === input.newName.toLowerCase()))
      fields.newName = "Another option of this product has that name.";
    if (input.newValues.length === 0) fields.newValues = "Please enter at least one value.";
    options.push({ id: newId(), name: input.newName, values: fresh(input.newValues) });
  }
  if (Object.keys(fields).length > 0) throw new ShopError("invalid_input", { fields });
  return pressed(options, input);
}

const fresh = (values: readonly string[]): Value[] =>
  values.map((value) => ({ id: newId(), value, swatch: null }));

/** The place of the first name that stood before; undefined: each is there once. */
function repeatOf(names: readonly string[]): number | undefined {
  const lower = names.map((name) => name.toLowerCase());
  const place = lower.findIndex((name, i) => lower.indexOf(name) < i);
  return place < 0 ? undefined : place;
}

function pressed(options: Draft[], { do: button, options: typed }: OptionsInput): Draft[] {
  const [verb, id] = button.split(":");
  if (!verb) return options;
  if (options.some((option) => option.id === id)) return moved(options, id, verb);
  const owner = options.find(({ values }) => values.some((value) => value.id === id));
  if (!owner) throw new ShopError("not_found", { what: "value" });
  if (verb === "drop" && owner.values.length === 1) {
    const i = typed.findIndex((option) => option.id === owner.id);
    throw new ShopError("invalid_input", {
      fields: {
        [`options.${Math.max(0, i)}.values.0.value`]:
          "This is its last value. Remove the whole option instead.",
      },
    });
  }
  owner.values = moved(owner.values, id, verb);
  return options;
}

function moved<T extends { id: string }>(list: readonly T[], id: string | undefined, verb: string): T[] {
  const from = list.findIndex((each) => each.id === id);
  const one = list[from];
  const rest = list.filter((each) => each !== one);
  if (!one || verb === "drop") return rest;
  return rest.toSpliced(verb === "up" ? Math.max(0, from - 1) : from + 1, 0, one);
}
