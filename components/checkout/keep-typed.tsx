"use client";

import { useEffect, useRef } from "react";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Keeps what is typed into the form around it until the form is sent, so that a way back to the cart and forth loses
 * nothing. In this tab alone, and without scripts the browser does it by itself. `isFresh`: what stands in the form was
 * just chosen and goes before what was kept.
 */
export function KeepTyped({ name, isFresh = false }: { name: string; isFresh?: boolean }) {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = mark.current?.closest("form");
    if (!form) return;
    if (isFresh) sessionStorage.removeItem(name);
    const stop = restore(form, sessionStorage.getItem(name));
    const keep = () => sessionStorage.setItem(name, JSON.stringify(valuesOf(form)));
    const forget = () => sessionStorage.removeItem(name);
    form.addEventListener("input", keep);
    form.addEventListener("submit", forget);
    return () => {
      stop();
      form.removeEventListener("input", keep);
      form.removeEventListener("submit", forget);
    };
  }, [name, isFresh]);
  return <span ref={mark} hidden />;
}

function fieldsOf(form: HTMLFormElement): Field[] {
  const all = [...form.elements].filter(
    (element): element is Field =>
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement,
  );
  return all.filter(({ name, type }) => name && type !== "hidden" && !name.startsWith("$"));
}

const isTick = (field: Field): field is HTMLInputElement => field.type === "checkbox";

function valuesOf(form: HTMLFormElement): Record<string, string | boolean> {
  return Object.fromEntries(
    fieldsOf(form).map((field) => [field.name, isTick(field) ? field.checked : field.value]),
  );
}

/** Twice: a country that comes back changes which fields there are. */
function restore(form: HTMLFormElement, kept: string | null): () => void {
  if (!kept) return () => {};
  let values: Record<string, unknown>;
  try {
    values = JSON.parse(kept);
  } catch {
    return () => {};
  }
  fill(form, values);
  const later = requestAnimationFrame(() => fill(form, values));
  return () => cancelAnimationFrame(later);
}

function fill(form: HTMLFormElement, values: Record<string, unknown>): void {
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (isTick(field)) {
      if (typeof value === "boolean" && field.checked !== value) field.click();
    } else if (typeof value === "string" && field.value !== value) {
      field.value = value;
      field.dispatchEvent(
        new Event(field instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }),
      );
    }
  }
}
