"use client";

import { useEffect } from "react";
import {
  type Control,
  controlName,
  formName,
  formsShown,
  isSearch,
  readTyped,
  typeAgain,
} from "./keep-typed";

/** Where in the page a form and one of its controls stand, found again by name. */
interface Focus {
  readonly form: string;
  readonly control: string;
  /** What it belongs to where its form goes with what it did: the picture that was moved to the end. */
  readonly item: string | undefined;
}

interface Place {
  readonly path: string;
  readonly top: number;
  readonly sent: HTMLFormElement;
  /** The form that was sent, then one of the answer: while it still stands there, the page was not drawn anew. */
  standing: HTMLFormElement | undefined;
  focus: Focus | null;
  typed: ReturnType<typeof readTyped>;
  readonly until: number;
}

/** A page that answers is drawn anew: what it should come back to lives here. */
let place: Place | undefined;

/** An answer that takes longer is none to that form. */
const LASTS_MS = 20_000;

/**
 * Keeps one's place where a form is answered by the page that it stands on: the answer is the page's own address, which
 * would begin at its top, with nothing in focus and nothing in its other forms. `answer` is empty where the address
 * answers nothing.
 */
export function KeepPlace({ answer }: { answer: string }) {
  useEffect(() => {
    const keep = ({ target }: Event) => {
      if (!(target instanceof HTMLFormElement) || !target.closest("main") || isSearch(target)) return;
      place = {
        path: location.pathname,
        top: scrollY,
        sent: target,
        standing: target,
        focus: focusOf(),
        typed: readTyped(target),
        until: Date.now() + LASTS_MS,
      };
    };
    const follow = () => {
      const focus = focusOf();
      if (place && focus) place.focus = focus;
    };
    const type = () => {
      if (place && Date.now() <= place.until) place.typed = readTyped(place.sent);
    };
    document.addEventListener("submit", keep, true);
    document.addEventListener("focusin", follow);
    document.addEventListener("input", type);
    return () => {
      document.removeEventListener("submit", keep, true);
      document.removeEventListener("focusin", follow);
      document.removeEventListener("input", type);
    };
  }, []);

  // Without dependencies: the same answer to a second form is an answer, too.
  useEffect(() => {
    if (!answer || !place || place.path !== location.pathname) return;
    const { top, standing, focus, typed, until } = place;
    const shown = formsShown();
    if (standing && shown.includes(standing)) return;
    // The answer may be drawn once more, with what came later.
    place.standing = shown[0];
    if (Date.now() > until) {
      place = undefined;
      return;
    }
    // Once the other parts of the page listen to what is typed into them, and before it is painted.
    queueMicrotask(() => {
      typeAgain(typed);
      scrollTo({ top, behavior: "instant" });
      if (!focus || document.activeElement !== document.body) return;
      // What was pressed may be gone with what it did.
      (find(focus) ?? document.querySelector<HTMLElement>("main"))?.focus({ preventScroll: true });
    });
  });

  return null;
}

function focusOf(): Focus | null {
  const focused = document.activeElement;
  const isControl =
    focused instanceof HTMLInputElement ||
    focused instanceof HTMLSelectElement ||
    focused instanceof HTMLTextAreaElement ||
    focused instanceof HTMLButtonElement;
  if (!isControl || !focused.form) return null;
  return {
    form: formName(focused.form),
    control: controlName(focused),
    item: focused.closest<HTMLElement>("[data-item]")?.dataset.item,
  };
}

/** The same control; else the first that can be pressed of the same form, then of the same item. */
function find({ form, control, item }: Focus): HTMLElement | undefined {
  const forms = formsShown();
  const shown = forms.find((each) => formName(each) === form);
  const ofItem = forms.filter(
    (each) => item && each.closest<HTMLElement>("[data-item]")?.dataset.item === item,
  );
  const same = controlsOf(shown).find((each) => controlName(each) === control);
  return same ?? [shown, ...ofItem].flatMap(controlsOf).find((each) => each.type === "submit");
}

const controlsOf = (form: HTMLFormElement | undefined): Control[] =>
  [...(form?.querySelectorAll<Control>("input, select, textarea, button") ?? [])].filter((control) =>
    control.checkVisibility(),
  );
