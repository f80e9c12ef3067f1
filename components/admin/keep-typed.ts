/**
 * What is typed in the other forms of a page while one of them is answered: the answer is drawn as a new page, whose forms
 * begin empty. It goes back into the same fields, found by what their forms are about, never by where they stand.
 */

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement;

interface Typed {
  readonly form: string;
  readonly control: string;
  /** What the field began with, to see whether somebody changed it meanwhile. */
  readonly began: string;
  readonly value: string;
  readonly files: FileList | null;
  readonly version: string | undefined;
}

/** Hidden fields that say how something is changed, not what: they are others in each drawing of a form. */
const PASSING =
  /^(\$|version$|order$|place$|targetPlace$|requestKey$|left$|was$|to$|back$|nojs$|list$|descriptionFormat$)/;
const NEVER_KEPT = /^(hidden|password|submit|button|reset|image)$/;

/** The forms of the page that is shown: pages that were left stay in the document, hidden. */
export const formsShown = (): HTMLFormElement[] =>
  [...document.querySelectorAll<HTMLFormElement>("main form")].filter((form) => !isLeft(form));

function isLeft(form: HTMLFormElement): boolean {
  for (let at: HTMLElement | null = form; at && at.localName !== "main"; at = at.parentElement)
    if (at.style.display === "none") return true;
  return false;
}

/** The id or name of a form, its part of the page, and the ids that it sends. */
export function formName(form: HTMLFormElement): string {
  const part = form.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
  return [form.getAttribute("id") ?? form.getAttribute("aria-label"), part, ...hiddenOf(form, "")].join("\n");
}

/** A control by its name; of a row of fields by the ids of the row; of several ticks or buttons by what each sends. */
export function controlName(control: Control): string {
  const { form, name, type } = control;
  if (!form || !name) return `${type} ${form ? [...form.elements].indexOf(control) : ""}`;
  const isOneOf = control instanceof HTMLButtonElement || type === "checkbox" || type === "radio";
  const row = name.slice(0, name.lastIndexOf(".") + 1);
  const ids = row ? hiddenOf(form, row) : [];
  return [ids.length > 0 ? name.slice(row.length) : name, isOneOf ? control.value : "", ...ids].join("\n");
}

/** The hidden fields of a form, or of one row of it, that say what it is about. */
function hiddenOf(form: HTMLFormElement, row: string): string[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[type="hidden"]')]
    .map(({ name, value }) => ({ name, value, rest: name.slice(row.length) }))
    .filter(({ name, rest }) => name.startsWith(row) && !rest.includes(".") && !PASSING.test(rest))
    .map(({ rest, value }) => `${rest}=${value}`);
}

/** What is typed and not saved, in all forms but the one that is sent. */
export function readTyped(sent: HTMLFormElement): readonly Typed[] {
  return formsToKeep()
    .filter(([, form]) => form !== sent)
    .flatMap(([form, element]) =>
      controlsOf(element)
        // What was refused is not saved either, though the form was drawn with it.
        .filter((control) => textOf(control) !== beganOf(control) || element.dataset.answer === "error")
        .map((control) => ({
          form,
          control: controlName(control),
          began: beganOf(control),
          value: textOf(control),
          files: control instanceof HTMLInputElement ? control.files : null,
          version: versionOf(element)?.value,
        })),
    );
}

/** Types it again. Where somebody changed the same field meanwhile, the form keeps its old version: saving tells of it. */
export function typeAgain(typed: readonly Typed[]): void {
  const forms = new Map(formsToKeep());
  for (const { form, control: name, began, value, files, version } of typed) {
    const element = forms.get(form);
    const found = element ? controlsOf(element).filter((control) => controlName(control) === name) : [];
    const [control] = found;
    if (!element || !control || found.length > 1) continue;
    const field = versionOf(element);
    if (field && version !== undefined && beganOf(control) !== began) field.value = version;
    write(control, value, files);
    for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    for (let at: HTMLElement | null = control; at; at = at.parentElement)
      if (at instanceof HTMLDetailsElement) at.open = true;
  }
}

/** Two forms that cannot be told apart are left alone. */
function formsToKeep(): [string, HTMLFormElement][] {
  const named = formsShown().map((form): [string, HTMLFormElement] => [formName(form), form]);
  return named.filter(
    ([name, form]) => !isSearch(form) && named.filter(([other]) => other === name).length === 1,
  );
}

/** Searches and filters are another page. A form that scripts drew has no method, which reads as "get". */
export const isSearch = (form: HTMLFormElement): boolean =>
  form.getAttribute("method")?.toLowerCase() === "get";

type Field = Exclude<Control, HTMLButtonElement>;

const controlsOf = (form: HTMLFormElement): Field[] =>
  [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      !NEVER_KEPT.test(element.type) &&
      Boolean(element.name),
  );

const isTick = (control: Field): control is HTMLInputElement =>
  control.type === "checkbox" || control.type === "radio";

function textOf(control: Field): string {
  return isTick(control) ? String(control.checked) : control.value;
}

function beganOf(control: Field): string {
  if (control instanceof HTMLSelectElement) {
    const chosen = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
    return chosen?.value ?? "";
  }
  return isTick(control) ? String(control.defaultChecked) : control.defaultValue;
}

/** React watches the property; set as a keyboard would, the event below tells it something new. */
function write(control: Field, value: string, files: FileList | null): void {
  if (isTick(control)) control.checked = value === "true";
  else if (control.type === "file" && control instanceof HTMLInputElement) control.files = files;
  else if (!(control instanceof HTMLSelectElement)) control.value = value;
  else if ([...control.options].some((option) => option.value === value)) control.value = value;
}

const versionOf = (form: HTMLFormElement): HTMLInputElement | null =>
  form.querySelector<HTMLInputElement>('input[type="hidden"][name="version"]');
