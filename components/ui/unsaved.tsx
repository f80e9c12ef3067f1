"use client";

import { useEffect, useRef } from "react";

/** In a long form: whoever closes or reloads the page with something typed and not saved is asked first. */
export function Unsaved() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = here.current?.closest("form");
    if (!form) return;
    let isTyped = false;
    const typed = () => {
      isTyped = true;
    };
    const sent = () => {
      isTyped = false;
    };
    const ask = (event: BeforeUnloadEvent) => {
      // What was refused is not saved either: it says so in the form.
      if (isTyped || form.querySelector("[role=alert]")) event.preventDefault();
    };
    form.addEventListener("input", typed);
    form.addEventListener("submit", sent);
    addEventListener("beforeunload", ask);
    return () => {
      form.removeEventListener("input", typed);
      form.removeEventListener("submit", sent);
      removeEventListener("beforeunload", ask);
    };
  }, []);
  return <span ref={here} hidden />;
}
