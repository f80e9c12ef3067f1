"use client";

import { useEffect } from "react";

/** Where in the page a form and one of its controls stand, found again by name where they have one, else by place. */
interface Focus {
  readonly form: string;
  readonly control: string;
}

interface Place {
  readonly path: string;
  readonly top: number;
  focus: Focus | null;
  readonly until: number;
}

/** A page that answers is drawn anew: what it should come back to lives here. */
let place: Place | undefined;

/** An answer that takes longer is none to that form. */
const LASTS_MS = 20_000;

/**
 * Keeps one's place where a form is answered by the page that it stands on: the answer is the page's own address, which
 * would begin at its top, with nothing in focus. `answer` is empty where the address answers nothing.
 */
export function KeepPlace({ answer }: { answer: string }) {
  useEffect(() => {
    const keep = ({ target }: Event) => {
      if (!(target instanceof HTMLFormElement) || !target.closest("main")) return;
      // Searches and filters are another page.
      if (target.getAttribute("method")?.toLowerCase() === "get") return;
      place = {
        path: location.pathname,
        top: scrollY,
        focus: focusOf(),
        until: Date.now() + LASTS_MS,
      };
    };
    const follow = () => {
      const focus = focusOf();
      if (place && focus) place.focus = focus;
    };
    document.addEventListener("submit", keep, true);
    document.addEventListener("focusin", follow);
    return () => {
      document.removeEventListener("submit", keep, true);
      document.removeEventListener("focusin", follow);
    };
  }, []);

  // Without dependencies: the same answer to a second form is an answer, too.
  useEffect(() => {
    if (!answer || !place || place.path !== location.pathname) return;
    const { top, focus, until } = place;
    place = undefined;
    if (Date.now() > until) return;
    scrollTo({ top, behavior: "instant" });
    if (!focus || document.activeElement !== document.body) return;
    // What was pressed may be gone with what it did.
    (find(focus) ?? document.querySelector<HTMLElement>("main"))?.focus({ preventScroll: true });
  });

  return null;
}

/** The forms of the page that is shown: pages that were left stay in the document, hidden. */
const formsShown = (): HTMLFormElement[] =>
  [...document.querySelectorAll<HTMLFormElement>("main form")].filter((form) => form.checkVisibility());

/** Its name, else which one of its part of the page it is. */
function nameOf(form: HTMLFormElement): string {
  const name = form.getAttribute("aria-label") ?? form.id;
  if (name) return name;
  const part = form.closest("section[aria-labelledby]");
  const within = part ? [...part.querySelectorAll("form")] : formsShown();
  return `${part?.getAttribute("aria-labelledby") ?? ""} ${within.indexOf(form)}`;
}

/** A field by its name; of several buttons, and of those without one, which it is. */
function nameWithin(form: HTMLFormElement, control: Element): string {
  const alike = [...form.querySelectorAll(control.localName)];
  const name = control.getAttribute("name");
  return name && control.localName !== "button" ? name : `${control.localName} ${alike.indexOf(control)}`;
}

function focusOf(): Focus | null {
  const focused = document.activeElement;
  const isControl =
    focused instanceof HTMLInputElement ||
    focused instanceof HTMLSelectElement ||
    focused instanceof HTMLTextAreaElement ||
    focused instanceof HTMLButtonElement;
  if (!isControl || !focused.form) return null;
  return { form: nameOf(focused.form), control: nameWithin(focused.form, focused) };
}

function find({ form, control }: Focus): HTMLElement | undefined {
  const shown = formsShown().find((each) => nameOf(each) === form);
  const controls = [...(shown?.querySelectorAll<HTMLElement>("input, select, textarea, button") ?? [])];
  return controls.find((each) => shown && each.checkVisibility() && nameWithin(shown, each) === control);
}
