"use client";

import { type ReactNode, useContext } from "react";
import { FormContext } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

/** The recovery codes once the form around answered them; until then what is filled in. */
export function RecoveryCodes({ isOn, children }: { isOn: boolean; children: ReactNode }) {
  const answer: unknown = useContext(FormContext);
  const codes = codesOf(answer);
  if (codes.length === 0) return isOn ? null : children;
  return (
    <Notice tone="success" title="The second factor is on. Keep these codes.">
      <p>
        Each opens the door once, if your phone is lost. They are shown now and never again: print them, or
        keep them where your passwords are.
      </p>
      <ul aria-label="Recovery codes" className="num mt-3 grid gap-x-6 gap-y-1 font-semibold sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function codesOf(answer: unknown): string[] {
  if (!isRecord(answer) || !isRecord(answer.data) || !Array.isArray(answer.data.codes)) return [];
  return answer.data.codes.filter((code) => typeof code === "string");
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
