"use client";

import { useFieldState } from "./form-state";

/**
 * The version of the row that a form changes. After a conflict, which was told above the form, it is the stored one:
 * who saves again then has seen what the other changed. Do not make the form anew (`key`) by the version: what was
 * typed would be lost where scripts are off.
 */
export function VersionField({ version }: { version: number }) {
  const { answer } = useFieldState("version");
  return <input type="hidden" name="version" value={answer.version ?? version} />;
}

/** The version of a row within a form of another row: left out once a conflict was told, saving again means it. */
export function PartVersion({ name, version }: { name: string; version: number }) {
  const { answer } = useFieldState(name);
  return <input type="hidden" name={name} value={answer.version === undefined ? version : ""} />;
}
