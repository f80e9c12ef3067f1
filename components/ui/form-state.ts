"use client";

import { createContext, useContext } from "react";

/** What a form knows after its action answered: the shape that every action returns. */
export type FormState = {
  status: "idle" | "ok" | "error";
  code?: string;
  message?: string;
  fieldErrors?: Readonly<Record<string, string | readonly string[] | undefined>>;
  values?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Somebody else changed it meanwhile: the version that is stored now, so that saving again means it. */
  version?: number;
};

export const IDLE: FormState = { status: "idle" };

export const FormContext = createContext<FormState>(IDLE);

/**
 * Stands before the ids of a form's fields. Pages that were left stay in the document, hidden, so a form that stands on
 * several pages needs ids of its own on each.
 */
export const FieldIds = createContext("");

/** The id of a field: the given one, or its name behind the form's prefix. */
export const useFieldId = (name: string, given: string | undefined): string => {
  const prefix = useContext(FieldIds);
  return given ?? `${prefix}${name}`;
};

const first = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" ? value : value?.[0];

/** The error and the typed value that the last answer holds for one field. */
export function useFieldState(name: string): { answer: FormState; error?: string; value?: string } {
  const answer = useContext(FormContext);
  return { answer, error: first(answer.fieldErrors?.[name]), value: first(answer.values?.[name]) };
}

/** The errors of a state as a list, for the summary. */
export function fieldErrorList(state: FormState): { name: string; message: string }[] {
  return Object.entries(state.fieldErrors ?? {}).flatMap(([name, value]) => {
    const message = first(value);
    return message ? [{ name, message }] : [];
  });
}
