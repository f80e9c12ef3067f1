import { expect, test } from "vitest";
import { ADDRESS_MAXIMA, type Address, addressInput, addressLines } from "./addresses";
import { countries } from "./countries";
import { regionsOf } from "./regions";

const good = { name: "Ada", line1: "Torstraße 112", city: "Berlin", country: "DE", postalCode: "10119" };
const faultsOf = (address: Record<string, string>) =>
  Object.fromEntries(
    (addressInput.safeParse(address).error?.issues ?? []).map(({ path, message }) => [
      path.join("."),
      message,
    ]),
  );

test("a good address passes, its postal code in capitals", () => {
  expect(addressInput.parse({ ...good, country: "GB", postalCode: "sw1a 1aa" })).toMatchObject({
    postalCode: "SW1A 1AA",
  });
});

test("everything that is to mend is told at once, with its repair", () => {
  expect(faultsOf({ ...good, name: " ", postalCode: "1011" })).toEqual({
    name: "Please enter your full name.",
    postalCode: "A postal code in Germany looks like 10119.",
  });
  expect(faultsOf({ ...good, country: "US", postalCode: "10001" })).toEqual({
    region: "Please enter the state.",
  });
  expect(Object.keys(faultsOf({ ...good, country: "XX" }))).toEqual(["country"]);
  expect(Object.keys(faultsOf({ ...good, phone: "call me" }))).toEqual(["phone"]);
});

test("lines stand as on a parcel of that country", () => {
  expect(addressLines(good)).toEqual(["Ada", "Torstraße 112", "10119 Berlin", "Germany"]);
  expect(
    addressLines({ ...good, country: "US", city: "New York", region: "NY", postalCode: "10001" }).at(-2),
  ).toBe("New York, NY 10001");
});

// Country, [part, typed, stored] for what is taken, [part, typed] for what is refused.
type Row = [string, [string, string, string][], [string, string][]];
const table: Row[] = [
  ["AT", [["postalCode", "A-1010", "1010"]], [["postalCode", "0999"]]],
  [
    "AU",
    [
      ["postalCode", "2000", "2000"],
      ["region", "new south wales", "NSW"],
    ],
    [["region", "Wessex"]],
  ],
  [
    "BE",
    [
      ["postalCode", " 1000 ", "1000"],
      ["phone", "02 555 12 12", "+3225551212"],
    ],
    [["postalCode", "10000"]],
  ],
  [
    "BR",
    [
      ["postalCode", "01310100", "01310-100"],
      ["region", "são paulo", "SP"],
    ],
    [["postalCode", "0131"]],
  ],
  [
    "CA",
    [
      ["postalCode", "k1a0b1", "K1A 0B1"],
      ["region", "Ontario", "ON"],
    ],
    [["postalCode", "D1A 0B1"]],
  ],
  [
    "CH",
    [
      ["postalCode", "CH-8001", "8001"],
      ["phone", "044 668 18 00", "+41446681800"],
    ],
    [["postalCode", "80011"]],
  ],
  ["CZ", [["postalCode", "11000", "110 00"]], [["postalCode", "110"]]],
  [
    "DE",
    [
      ["postalCode", "D-10119", "10119"],
      ["phone", "030 123456", "+4930123456"],
    ],
    [
      ["postalCode", "1011"],
      ["phone", "12"],
    ],
  ],
  ["DK", [["postalCode", "1050", "1050"]], [["postalCode", "105"]]],
  ["EE", [["postalCode", "10111", "10111"]], [["postalCode", "1011"]]],
  [
    "ES",
    [
      ["postalCode", "28013", "28013"],
      ["phone", "912 345 678", "+34912345678"],
    ],
    [["postalCode", "99999"]],
  ],
  ["FI", [["postalCode", "FI-00100", "00100"]], [["postalCode", "001"]]],
  [
    "FR",
    [
      ["postalCode", "75 002", "75002"],
      ["phone", "01 23 45 67 89", "+33123456789"],
    ],
    [["postalCode", "7500"]],
  ],
  [
    "GB",
    [
      ["postalCode", "sw1a1aa", "SW1A 1AA"],
      ["postalCode", "bfpo 57", "BFPO 57"],
      ["phone", "020 7946 0018", "+442079460018"],
    ],
    [
      ["postalCode", "12345"],
      ["phone", "call me"],
    ],
  ],
  ["GR", [["postalCode", "10431", "104 31"]], [["postalCode", "1043"]]],
  ["HU", [["postalCode", "H-1051", "1051"]], [["postalCode", "10511"]]],
  [
    "IE",
    [
      ["postalCode", "d02af30", "D02 AF30"],
      ["phone", "01 234 5678", "+35312345678"],
    ],
    [["postalCode", "D02"]],
  ],
  [
    "IN",
    [
      ["postalCode", "110 001", "110001"],
      ["region", "Delhi", "Delhi"],
    ],
    [["postalCode", "11000"]],
  ],
  [
    "IT",
    [
      ["postalCode", "00187", "00187"],
      ["region", "RM", "RM"],
    ],
    [["postalCode", "187"]],
  ],
  [
    "JP",
    [
      ["postalCode", "１００−０００１", "100-0001"],
      ["region", "Tokyo-to", "Tokyo"],
      ["region", "東京都", "東京都"],
    ],
    [
      ["postalCode", "100"],
      ["region", " "],
    ],
  ],
  ["KR", [["postalCode", "03051", "03051"]], [["postalCode", "030"]]],
  ["LU", [["postalCode", "L-1111", "1111"]], [["postalCode", "11"]]],
  [
    "MX",
    [
      ["postalCode", "06000", "06000"],
      ["region", "jalisco", "Jalisco"],
      ["region", "CDMX", "CDMX"],
    ],
    [["postalCode", "6000"]],
  ],
  [
    "NL",
    [
      ["postalCode", "1012js", "1012 JS"],
      ["phone", "020-1234567", "+31201234567"],
    ],
    [["postalCode", "1012"]],
  ],
  ["NO", [["postalCode", "0150", "0150"]], [["postalCode", "01500"]]],
  ["NZ", [["postalCode", "6011", "6011"]], [["postalCode", "601"]]],
  ["PL", [["postalCode", "00001", "00-001"]], [["postalCode", "0000"]]],
  ["PT", [["postalCode", "1100148", "1100-148"]], [["postalCode", "1100"]]],
  ["SE", [["postalCode", "11122", "111 22"]], [["postalCode", "1112"]]],
  ["SG", [["postalCode", "018956", "018956"]], [["postalCode", "1895"]]],
  ["SK", [["postalCode", "81101", "811 01"]], [["postalCode", "811"]]],
  [
    "US",
    [
      ["postalCode", "100011234", "10001-1234"],
      ["region", "new york", "NY"],
      ["region", "d.c.", "DC"],
      ["phone", "(212) 555-0123", "+12125550123"],
      ["phone", "212-555-0123 x45", "+12125550123 ext. 45"],
    ],
    [
      ["postalCode", "1000"],
      ["region", "Newyorkia"],
      ["postalCode", ""],
    ],
  ],
  // Nothing known, or nothing asked for: what is typed counts, within reason.
  [
    "HK",
    [
      ["postalCode", "", ""],
      ["phone", "2123 4567", "+85221234567"],
    ],
    [["postalCode", "no postal code at all"]],
  ],
  ["KE", [["postalCode", "00100", "00100"]], [["postalCode", "<b>"]]],
  ["AE", [["region", "dubai", "Dubai"]], [["region", ""]]],
];
const filled = (country: string) => ({
  ...good,
  country,
  postalCode: countries[country]?.postalExample ?? "",
  region: countries[country]?.regionLabel ? (regionsOf(country)[0]?.value ?? "Roma") : "",
});

test.each(table)(
  "%s: its own forms are taken and brought into one, others are refused",
  (country, taken, refused) => {
    expect(faultsOf(filled(country))).toEqual({});
    for (const [part, typed, stored] of taken) {
      const read = addressInput.safeParse({ ...filled(country), [part]: typed });
      expect(read.error?.issues ?? []).toEqual([]);
      expect(read.data?.[part as keyof Address] ?? "").toBe(stored);
      // What is stored is taken again, and stays.
      const again = addressInput.parse({ ...filled(country), [part]: stored });
      expect(again[part as keyof Address] ?? "").toBe(stored);
    }
    for (const [part, typed] of refused)
      expect(Object.keys(faultsOf({ ...filled(country), [part]: typed })), `${part} ${typed}`).toEqual([
        part,
      ]);
  },
);

test("every country's own example passes as it stands", () => {
  const wrong = Object.keys(countries).filter((code) => Object.keys(faultsOf(filled(code))).length > 0);
  expect(wrong).toEqual([]);
  expect(Object.keys(countries).length).toBeGreaterThan(240);
});

test("an unreadable phone number is refused with one of that country", () => {
  expect(faultsOf({ ...good, phone: "123" }).phone).toMatch(/Write it like \+49 1\d+/);
});

test("long names pass, longer ones than any label do not; nothing invisible gets in", () => {
  const long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(3).trim();
  expect(addressInput.parse({ ...good, name: long }).name).toBe(long);
  expect(addressInput.parse({ ...good, name: "Zoë\u0308" }).name).toBe("Zoë\u0308".normalize("NFC"));
  for (const part of Object.keys(ADDRESS_MAXIMA))
    expect(Object.keys(faultsOf({ ...good, [part]: "1".repeat(121) }))).toContain(part);
  for (const sign of ["\u0000", "\n", "\u001b[31m", "\u202e", "\u2028", "\ud800"])
    expect(Object.keys(faultsOf({ ...good, line1: `Torstraße${sign}112` })), JSON.stringify(sign)).toEqual([
      "line1",
    ]);
});

test("labels follow the country", () => {
  const at = (country: string, rest: Record<string, string>) => addressLines({ ...good, country, ...rest });
  expect(
    at("JP", { line1: "1-1 Marunouchi", city: "Chiyoda", region: "Tokyo", postalCode: "100-0001" }),
  ).toEqual(["Ada", "1-1 Marunouchi", "Chiyoda, Tokyo", "100-0001", "Japan"]);
  expect(at("GB", { city: "London", postalCode: "SW1A 1AA" }).slice(-3)).toEqual([
    "London",
    "SW1A 1AA",
    "United Kingdom",
  ]);
  expect(at("ZZ", { city: "Nowhere", postalCode: "1" })).toEqual([
    "Ada",
    "Torstraße 112",
    "Nowhere",
    "1",
    "ZZ",
  ]);
});
