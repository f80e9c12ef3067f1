import { expect, test } from "vitest";
import { countryCode, placeName, readPlaces } from "./places";

test("places are read by name or code, in any spelling, each once", () => {
  expect(readPlaces("Germany\n de \n\nUnited States: Alaska\nUS/hi; us / New York")).toEqual({
    places: [
      { country: "DE", region: null },
      { country: "US", region: "AK" },
      { country: "US", region: "HI" },
      { country: "US", region: "NY" },
    ],
    unknown: [],
  });
});

test("what names no place comes back as typed", () => {
  expect(readPlaces("Atlantis\nUS: Bavaria\nFR")).toEqual({
    places: [{ country: "FR", region: null }],
    unknown: ["Atlantis", "US: Bavaria"],
  });
});

test("what is written out is read again", () => {
  const places = readPlaces("US/AK\nCA: Nunavut\nCôte d'Ivoire\nJP: Tokyo").places;
  expect(places).toHaveLength(4);
  expect(readPlaces(places.map(placeName).join("\n")).places).toEqual(places);
  expect(countryCode("nowhere")).toBeUndefined();
});
