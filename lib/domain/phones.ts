/** Phone numbers: read as people of a country write them, kept in the one form that every network takes. Server only. */
import {
  type CountryCode,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples";

/**
 * E.164, such as "+4930123456"; an extension follows as " ext. 12". Undefined where no number can be read. Asks for the
 * right count of digits only: which of them are given out changes more often than shops are updated.
 */
export function canonicalPhone(country: string, typed: string): string | undefined {
  const home = isSupportedCountry(country) ? country : undefined;
  const number = parsePhoneNumberFromString(
    typed.normalize("NFKC"),
    home && { defaultCountry: home, extract: false },
  );
  if (!number?.isPossible()) return undefined;
  return number.ext ? `${number.number} ext. ${number.ext}` : number.number;
}

/** A number of that country, to show how one looks. */
export function phoneExample(country: string): string {
  const example = isSupportedCountry(country)
    ? getExampleNumber(country as CountryCode, examples)
    : undefined;
  return example?.formatInternational() ?? "+49 30 123456";
}
