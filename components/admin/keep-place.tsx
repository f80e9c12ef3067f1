"use client";

import { useEffect } from "react";

interface Place {
  readonly path: string;
  readonly top: number;
  /** Name of the form and of its field that had the focus last. */
  form: string | null;
  field: string | null;
  readonly until: number;
}

/** A page that answers is drawn anew: what it should come back to lives here. */
let place: Place | undefined;

/** An answer that takes longer is none to that form. */
const LASTS_MS = 20_000;

/**
 * Keeps one's place in a long list whose rows hold forms: the answer to them is the list's own address, which would
 * begin at its top, with no field in focus. `answer` is empty where the address answers nothing.
 */
export function KeepPlace({ answer }: { answer: string }) {
  useEffect(() => {
    const keep = ({ target }: Event) => {
      // Forms that come back to the list say where it is.
      if (!(target instanceof HTMLFormElement) || !target.elements.namedItem("back")) return;
      place = { path: location.pathname, top: scrollY, ...focusOf(), until: Date.now() + LASTS_MS };
    };
    const follow = () => {
      if (place) Object.assign(place, focusOf());
    };
    document.addEventListener("submit", keep, true);
    document.addEventListener("focusin", follow);
    return () => {
      document.removeEventListener("submit", keep, true);
      document.removeEventListener("focusin", follow);
    };
  }, []);

  useEffect(() => {
    if (!answer || !place || place.path !== location.pathname) return;
    const { top, form, field, until } = place;
    place = undefined;
    if (Date.now() > until) return;
    scrollTo({ top, behavior: "instant" });
    if (!form || !field || document.activeElement !== document.body) return;
    // Pages that were left stay in the document, hidden.
    const shown = [...document.forms].find(
      (each) => each.getAttribute("aria-label") === form && each.checkVisibility(),
    );
    const control = shown?.elements.namedItem(field);
    if (control instanceof HTMLElement) control.focus({ preventScroll: true });
  }, [answer]);

  return null;
}

function focusOf(): Pick<Place, "form" | "field"> {
  const focused = document.activeElement;
  const isField =
    focused instanceof HTMLInputElement ||
    focused instanceof HTMLSelectElement ||
    focused instanceof HTMLButtonElement;
  return {
    form: (isField && focused.form?.getAttribute("aria-label")) || null,
    field: (isField && focused.name) || null,
  };
}
