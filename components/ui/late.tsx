"use client";

import { type ComponentType, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Whatever a visitor may do first. A click without the others is what a screen reader does. */
const SIGNS = ["pointerover", "pointerdown", "keydown", "focusin", "scroll", "click"] as const;
/** React leaves alone what it finds in an element whose HTML is given, and finds what the server drew. */
const AS_DRAWN = { __html: "" };
/** See components/ui/action-form.tsx. */
const ANSWERED = '[data-answer]:not([data-answer="idle"])';

let call = () => {};
/** Resolves at the visitor's first movement, touch or key on the page; on the server at once. */
export const called =
  typeof window === "undefined"
    ? Promise.resolve()
    : new Promise<void>((resolve) => {
        call = resolve;
        for (const sign of SIGNS) addEventListener(sign, call, { once: true, capture: true, passive: true });
      });

interface LatePiece<Props extends object> {
  /** The piece itself where pages are drawn. */
  readonly here: ComponentType<Props> | undefined;
  readonly isThere: Promise<ComponentType<Props> | null>;
}

/** A piece for `Late`. Make it once, beside the component that shows it; only the server has it `here`. */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  here: ComponentType<Props> | undefined,
): LatePiece<Props> {
  // Without its script it stays as the server drew it.
  return { here, isThere: here ? Promise.resolve(here) : called.then(load).catch(() => null) };
}

/**
 * Shows a piece as the server drew it, which works as plain HTML does. Its script comes at the visitor's first
 * movement, touch or key on the page, or when the page has news for it. Not with Suspense: what is drawn there may
 * come behind the page, where only scripts find it, and forms elsewhere would wait for it.
 */
export function Late<Props extends object>({ piece, props }: { piece: LatePiece<Props>; props: Props }) {
  const { here: Here, isThere } = piece;
  const place = useRef<HTMLDivElement>(null);
  const [first] = useState(props);
  const [Piece, setPiece] = useState<ComponentType<Props> | null>(null);

  useEffect(() => {
    let isGone = false;
    isThere.then((loaded) => {
      const [drawn, focused] = [place.current, document.activeElement];
      // What a form sent as plain HTML was answered would be lost: it stays so.
      if (isGone || !loaded || drawn?.querySelector(ANSWERED)) return;
      flushSync(() => setPiece(() => loaded));
      if (drawn && place.current) keepTyped(drawn, place.current, focused);
    });
    return () => {
      isGone = true;
    };
  }, [isThere]);

  useEffect(() => {
    if (differ(first, props)) call();
  });

  if (Here)
    return (
      <div>
        <Here {...props} />
      </div>
    );
  if (!Piece)
    // biome-ignore lint/security/noDangerouslySetInnerHtml: nothing is set.
    return <div key="drawn" ref={place} suppressHydrationWarning dangerouslySetInnerHTML={AS_DRAWN} />;
  return (
    <div key="live" ref={place}>
      <Piece {...props} />
    </div>
  );
}

/** What was opened, typed, ticked or focused before the script came stays so. */
function keepTyped(from: HTMLElement, to: HTMLElement, focused: Element | null): void {
  const what = "details, input:not([type=hidden])";
  const fresh = to.querySelectorAll(what);
  for (const [place, old] of from.querySelectorAll(what).entries()) {
    const now = fresh[place];
    if (old instanceof HTMLDetailsElement && now instanceof HTMLDetailsElement) now.open = old.open;
    if (!(old instanceof HTMLInputElement && now instanceof HTMLInputElement)) continue;
    if (old.value !== old.defaultValue) now.value = old.value;
    if (old.checked !== old.defaultChecked) now.checked = old.checked;
    if (old === focused) now.focus();
  }
}

const differ = <Props extends object>(before: Props, now: Props): boolean =>
  (Object.keys(now) as (keyof Props)[]).some((name) => before[name] !== now[name]);
