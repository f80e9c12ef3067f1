/** Stands in for "@/lib/action" in tests of pages: a form says in its HTML which action it goes to, as Next's forms do. */
import type { z } from "zod";
import { action as make } from "../../../lib/action";

/** The schemas of the actions made so far; a form names its own by its place. */
export const schemas: z.ZodType[] = [];

type Made = (form: FormData) => unknown;

export const action = ((schema: z.ZodType, options: object, run: () => unknown) => {
  const name = `$ACTION_ID_${schemas.push(schema) - 1}`;
  return named(make(schema, options, run) as Made, name);
}) as typeof make;

/** As React asks for it of a server's function, bound or not. */
function named(made: Made, name: string): Made {
  return Object.assign(made, {
    $$FORM_ACTION: () => ({ name, action: "", method: "POST", encType: "multipart/form-data", data: null }),
    bind: (...args: Parameters<Made["bind"]>) =>
      named(Function.prototype.bind.apply(made, args) as Made, name),
  });
}
