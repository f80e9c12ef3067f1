"use client";

import { type RefObject, useRef, useState } from "react";
import type { CardEntry } from "./card-entry";
import type { OpenPayment } from "./sandbox-payment";

/** An order that can be paid now, or why not. */
export type Prepared =
  | { readonly open: OpenPayment; readonly page: string }
  | { readonly message: string; readonly goTo?: string };

export interface CardPayment {
  readonly entry: RefObject<CardEntry | null>;
  readonly busy: boolean;
  /** The last refusal, as a sentence. */
  readonly message: string | null;
  pay(prepare: () => Promise<Prepared>): Promise<void>;
}

/** One payment by card: check, prepare the order, confirm at the gateway. While it runs, nothing is sent twice. */
export function useCardPayment(): CardPayment {
  const entry = useRef<CardEntry>(null);
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);

  /** Answers whether the page is being left, where the button must stay shut. */
  async function attempt(prepare: () => Promise<Prepared>): Promise<boolean> {
    if (!entry.current || !(await entry.current.check())) return false;
    const prepared = await prepare();
    if (!("open" in prepared)) {
      setMessage(prepared.message);
      if (prepared.goTo) window.location.assign(prepared.goTo);
      return prepared.goTo !== undefined;
    }
    const page = new URL(prepared.page, window.location.origin).href;
    const answer = await entry.current.confirm(prepared.open, page);
    if (answer.kind === "refused") {
      setMessage(answer.message);
      return false;
    }
    window.location.assign(answer.kind === "redirect" ? answer.url : page);
    return true;
  }

  async function pay(prepare: () => Promise<Prepared>): Promise<void> {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setMessage(null);
    let isLeaving = false;
    try {
      isLeaving = await attempt(prepare);
    } catch {
      setMessage("The connection broke. Nothing is lost; please try again.");
    }
    if (isLeaving) return;
    running.current = false;
    setBusy(false);
  }

  return { entry, busy, message, pay };
}
