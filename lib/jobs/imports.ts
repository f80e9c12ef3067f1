/** Jobs of imports: each goes on with one import for about a minute and hands over to the next. */
import "@/lib/services/imports/steps";
import { workOn } from "@/lib/services/imports/work";
import { systemActor } from "@/lib/system";
import type { Handlers } from "./handler";

export const importHandlers: Handlers = {
  "imports.work": ({ importId }, { abortSignal }) =>
    workOn(systemActor("job"), importId, { signal: abortSignal }),
};
