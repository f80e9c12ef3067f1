/** Imports: a row of a Shopify customer export as a person with an address, or the reason why it is none. */
import { z } from "zod";
import { type Address, addressInput } from "../addresses";
import { canonicalPhone } from "../phones";
import { isYes, tagsOf } from "./cells";
import { cellOf, ImportProblem, plainName, readOf } from "./columns";

/** Names of the present export first, then those of earlier ones. */
const NAMES = {
  email: ["email"],
  firstName: ["firstname"],
  lastName: ["lastname"],
  marketing: ["acceptsemailmarketing", "acceptsmarketing"],
  company: ["defaultaddresscompany", "company"],
  line1: ["defaultaddressaddress1", "address1"],
  line2: ["defaultaddressaddress2", "address2"],
  city: ["defaultaddresscity", "city"],
  region: ["defaultaddressprovincecode", "provincecode", "province"],
  country: ["defaultaddresscountrycode", "countrycode"],
  postalCode: ["defaultaddresszip", "zip"],
  addressPhone: ["defaultaddressphone"],
  phone: ["phone"],
  note: ["note"],
  tags: ["tags"],
} as const;

type Field = keyof typeof NAMES;
export type CustomerColumns = ReadonlyMap<Field, number>;

/** What the file says of a person. */
export interface CustomerDraft {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string | null;
  /** Said yes to mail in the other shop. */
  readonly marketing: boolean;
  /** For staff: the other shop's note and tags. */
  readonly staffNote: string | null;
  readonly address: Address | null;
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** Whether the first line of a file is that of a customer export. */
export function isCustomers(header: readonly string[]): boolean {
  const plain = new Set(header.map(plainName));
  const isMarked = plain.has("customerid") || NAMES.marketing.some((name) => plain.has(name));
  // Orders have some of these too, and a price.
  return (
    plain.has("email") &&
    plain.has("firstname") &&
    plain.has("lastname") &&
    isMarked &&
    !plain.has("lineitemname")
  );
}

const FILLED: Readonly<Record<string, string>> = {
  firstName: "first name",
  lastName: "last name",
  phone: "phone",
  staffNote: "note for staff",
};

/** What an import fills in, in words: what stands there is nowhere in its record. */
export function filledText(kept: { filled?: unknown; addressId?: unknown } | null): string {
  const fields: unknown[] = Array.isArray(kept?.filled) ? kept.filled : [];
  return [...fields.map((field) => FILLED[String(field)] ?? ""), kept?.addressId ? "address" : ""]
    .filter(Boolean)
    .join(", ");
}

/** Where each field stands; one that the file has not is absent. */
export function customerColumns(header: readonly string[]): CustomerColumns {
  const plain = header.map(plainName);
  const found = (Object.entries(NAMES) as [Field, readonly string[]][]).flatMap(([field, names]) => {
    const at = names.map((name) => plain.indexOf(name)).find((place) => place >= 0);
    return at === undefined ? [] : [[field, at] as const];
  });
  return new Map(found);
}

/** Which columns of a header are read, and which are not, as the file calls them. */
export function customerMapping(header: readonly string[]): { read: string[]; unread: string[] } {
  const places = new Set(customerColumns(header).values());
  return readOf(header, (at) => places.has(at));
}

const address = z.email();
const LONGEST_NOTE = 2_000;

/** @throws ImportProblem for a row without an e-mail address, or with one that is none */
export function readCustomer(columns: CustomerColumns, record: readonly string[]): CustomerDraft {
  // Spreadsheets keep a leading plus or zero with an apostrophe, and Shopify exports it.
  const cell = (field: Field) => cellOf(record[columns.get(field) ?? -1]).replace(/^'(?=[+\d])/, "");
  const email = cell("email");
  if (!email) throw new ImportProblem("There is no e-mail address, and an account needs one.");
  if (email.length > 254 || !address.safeParse(email).success)
    throw new ImportProblem(`"${email.slice(0, 80)}" is no e-mail address.`);
  const notes: string[] = [];
  const name = { firstName: cell("firstName").slice(0, 60), lastName: cell("lastName").slice(0, 60) };
  const country = cell("country").toUpperCase();
  const phoneText = cell("phone") || cell("addressPhone");
  const phone = phoneText ? (canonicalPhone(country, phoneText) ?? null) : null;
  if (phoneText && !phone) notes.push("phone left out: it cannot be read");
  const tags = tagsOf(cell("tags"));
  const said = [cell("note"), tags.length > 0 ? `Tags: ${tags.join(", ")}` : ""].filter(Boolean).join("\n");
  return {
    email,
    ...name,
    phone,
    marketing: isYes(cell("marketing")),
    staffNote: said.slice(0, LONGEST_NOTE) || null,
    address: addressOf(cell, `${name.firstName} ${name.lastName}`.trim(), country, notes),
    notes,
  };
}

function addressOf(
  cell: (field: Field) => string,
  name: string,
  country: string,
  notes: string[],
): Address | null {
  const line1 = cell("line1");
  if (!line1 && !cell("city")) return null;
  const read = addressInput.safeParse({
    name: name || cell("company"),
    company: cell("company"),
    line1,
    line2: cell("line2"),
    city: cell("city"),
    region: cell("region"),
    postalCode: cell("postalCode"),
    country,
  });
  if (read.success) return read.data;
  // Which part, not what it says: what is noted stays, and the person may want to be forgotten.
  const parts = [...new Set(read.error.issues.map(({ path }) => String(path[0])))].join(", ");
  notes.push(`address left out: look at its ${parts.replace("postalCode", "postal code")}`);
  return null;
}
