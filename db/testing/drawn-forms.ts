/** The forms of a drawn page, held against the schemas of their actions: no form of ours is refused for its own fields. */
import { unknownFields } from "../../lib/known-fields";
import { schemas } from "./next/action";

/** A form and what stands elsewhere on the page but belongs to it, such as the ticks of a list. */
export function partsOf(html: string, form: string): string {
  const id = / id="([^"]*)"/.exec(/^<form[^>]*>/.exec(form)?.[0] ?? "")?.[1];
  const outside = id ? (html.match(new RegExp(`<input\\b[^>]* form="${id}"[^>]*>`, "g")) ?? []) : [];
  return form + outside.join("");
}

/** The fields of the page's forms that their actions do not know, with the form they stand in; buttons are fields, too. */
export function strangeFields(html: string): string[] {
  return (html.match(/<form .*?<\/form>/gs) ?? []).flatMap((form) => {
    const schema = schemas[Number(/ name="\$ACTION_ID_(\d+)"/.exec(form)?.[1] ?? -1)];
    if (!schema) return [];
    const sent = new FormData();
    const tags = partsOf(html, form).match(/<(?:input|button|select|textarea)\b[^>]*>/g) ?? [];
    for (const tag of tags) sent.append(/ name="([^"]*)"/.exec(tag)?.[1] || "nojs", "");
    const about = / aria-label="([^"]*)"/.exec(form)?.[1] ?? "";
    return unknownFields(schema, sent).map((field) => `${field} in the form "${about}"`);
  });
}
