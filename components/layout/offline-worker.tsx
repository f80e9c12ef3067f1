"use client";

import { useEffect } from "react";

/** Registers the worker that shows the offline page (public/sw.js), once the browser has nothing better to do. */
export function OfflineWorker() {
  useEffect(() => {
    if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
    const register = () => void navigator.serviceWorker.register("/sw.js").catch(() => {});
    // Safari has no idle callback.
    const idle = window.requestIdleCallback ?? ((call: () => void) => window.setTimeout(call, 2_000));
    const atRest = () => idle(register, { timeout: 10_000 });
    if (document.readyState === "complete") atRest();
    else addEventListener("load", atRest, { once: true });
  }, []);
  return null;
}
