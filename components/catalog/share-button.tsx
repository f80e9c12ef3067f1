"use client";

import { useState } from "react";

/** Shares the address as the device does it, otherwise copies it. Without scripts the browser's own ways are there. */
export function ShareButton({ name }: { name: string }) {
  const [told, setTold] = useState("");

  async function share() {
    const url = window.location.href;
    try {
      // What the browser knows only on https is not there on plain http.
      if ("share" in navigator) await navigator.share({ title: name, url });
      else {
        await (navigator as Navigator).clipboard.writeText(url);
        setTold("The link is copied.");
      }
    } catch (error) {
      // Closing the device's own sheet is an answer, too.
      if (error instanceof DOMException && error.name === "AbortError") return;
      setTold(url);
    }
  }

  return (
    <>
      <button type="button" onClick={share} className="link min-h-6">
        Share this piece
      </button>
      <span role="status" className="min-w-0 text-right text-s text-quiet wrap-anywhere">
        {told}
      </span>
    </>
  );
}
