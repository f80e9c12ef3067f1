/** The one wrapper of server actions: who may, how often, what comes in, and how an error goes back to its form. */
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import type { Admin, Shopper, Staff, User } from "./domain/actors";
import { isShopError, ShopError } from "./domain/errors";
import { inputWords } from "./domain/input-words";
import { newReference, tellFailure } from "./failures";
import { readForm, textOf, typedValues } from "./form-data";
import { tellUnknown, unknownFields } from "./known-fields";
import { log } from "./log";
import { nameOfAction } from "./running/action-names.mjs";
import { notes } from "./running/notes.mjs";
import { span } from "./running/trace.mjs";
import { isSameOrigin } from "./same-origin";
import * as limits from "./services/limits";
import { ensureVisitor, getClient, getShopper } from "./session";

interface Whos {
  /** Anybody, guests too. */
  shopper: Shopper;
  user: User;
  staff: Staff;
  admin: Admin;
}
type Who = keyof Whos;

interface Options<W extends Who> {
  /** Who may; anybody when left out. The service decides again about the rows. */
  who?: W;
  /** Gives a guest a visitor cookie first: for what a guest keeps, such as a cart. */
  visitor?: boolean;
  /** How often one account or, for guests, one address may, counted under `name`. */
  limit?: limits.Limit & { name: string };
}

/** What an action answers to its form. */
export type ActionState<D = unknown> = FormState & { data?: D };

/** Fits `useActionState` and, as the plain `action` of a form, a POST without state. */
export interface Action<D> {
  (previous: ActionState<D>, form: FormData): Promise<ActionState<D>>;
  (form: FormData): Promise<void>;
}

export interface ActionContext {
  /** The form was sent without scripts: redirect to the page that shows the result. */
  nojs: boolean;
}

/**
 * Makes a server action. The form is read by `schema`; one with a field that the schema does not have is refused, and
 * nothing is done. A field "shipping.city" arrives as `{shipping: {city}}`, and so do its errors go back. Forms of an
 * order opened by its signed link send `orderNumber` and `key` along.
 * A ShopError becomes an answer, redirects pass through; a bug or a failure of the database is logged and answered with
 * the id of its log line, and what was typed stays.
 */
export function action<S extends z.ZodType, D = void, W extends Who = "shopper">(
  schema: S,
  options: Options<W>,
  run: (actor: Whos[W], input: z.output<S>, context: ActionContext) => Promise<D> | D,
): Action<D> {
  async function act(...args: [FormData] | [ActionState<D>, FormData]): Promise<ActionState<D>> {
    const note = notes.getStore();
    if (note) note.acts = true;
    const form = args.at(-1);
    if (!(form instanceof FormData)) return failed(new ShopError("invalid_input", { fields: {} }), null);
    const nojs = form.has("nojs") || !(await headers()).has("next-action");
    const answer = await span(`action ${nameOfAction(act) ?? ""}`.trim(), {}, () => attempt(form, nojs));
    // After a POST without scripts Next 16.4 renders the page as if the action were still running (in development
    // it fails at the first cookie) and with the cookies of before, unless the action asks for fresh data.
    if (nojs) refresh();
    return answer;
  }

  async function attempt(form: FormData, nojs: boolean): Promise<ActionState<D>> {
    try {
      // Next compares Origin with Host, which says nothing where Origin is left out or Host was forged.
      if (!isSameOrigin({ headers: await headers() })) throw new ShopError("elsewhere", {});
      const actor = await authorise(options, form);
      if (options.limit) await limits.take(await subjectOf(options.limit.name, actor), options.limit);
      const unknown = unknownFields(schema, form);
      if (unknown.length > 0) {
        const message = tellUnknown(unknown);
        log.info("form refused", { action: nameOfAction(act), message });
        return invalid(form, { message });
      }
      const input = await schema.safeParseAsync(readForm(form), { error: inputWords });
      if (!input.success) return refused(input.error, form);
      return { status: "ok", data: await run(actor, input.data, { nojs }) };
    } catch (error) {
      if (!isShopError(error)) {
        // A redirect as a rule: the pages that the browser keeps or has fetched ahead show how it was before.
        refresh();
        unstable_rethrow(error);
      }
      return failed(error, form);
    }
  }
  return act as Action<D>;
}

async function authorise<W extends Who>({ who, visitor }: Options<W>, form: FormData): Promise<Whos[W]> {
  const link = { orderNumber: textOf(form, "orderNumber"), key: textOf(form, "key") };
  const actor = visitor ? await ensureVisitor(link) : await getShopper(link);
  const needed: Who = who ?? "shopper";
  if (needed !== "shopper" && actor.kind === "guest") throw new ShopError("sign_in_required", {});
  if (needed === "staff" && actor.kind === "customer") throw new ShopError("forbidden", {});
  if (needed === "admin" && actor.kind !== "admin") throw new ShopError("forbidden", {});
  // The three lines above are what the type says.
  return actor as Whos[W];
}

async function subjectOf(name: string, actor: Shopper): Promise<string> {
  return `${name}:${actor.kind === "guest" ? (await getClient()).ip : actor.userId}`;
}

function refused(error: z.ZodError, form: FormData): ActionState<never> {
  const fieldErrors: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const name = path.join(".") || "form";
    fieldErrors[name] = [...(fieldErrors[name] ?? []), message];
  }
  const { message } = new ShopError("invalid_input", { fields: {} });
  return invalid(form, { message, fieldErrors });
}

function invalid(form: FormData, said: Pick<FormState, "message" | "fieldErrors">): ActionState<never> {
  return { status: "error", code: "invalid_input", ...said, values: typedValues(form) };
}

function failed(error: unknown, form: FormData | null): ActionState<never> {
  const values = form ? typedValues(form) : undefined;
  if (isShopError(error)) {
    const fieldErrors = isShopError(error, "invalid_input") ? error.data.fields : undefined;
    const version = isShopError(error, "conflict") ? error.data.told?.version : undefined;
    return { status: "error", code: error.code, message: error.message, fieldErrors, values, version };
  }
  const id = newReference();
  log.error("action failed", { id, error });
  const told = tellFailure(error, id);
  if (told) return { status: "error", code: told.code, message: told.message, values };
  const message = `Something broke on our side. Please try again; if it happens again, tell us the reference ${id}.`;
  return { status: "error", code: "internal", message, values };
}
