"use client";

import { Gratings } from "@/components/ui/gratings";
import { display, text } from "./fonts";
import "./globals.css";

// Nothing of the shop can be relied on here: plain elements, and a link that loads the page anew.
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en" className={`${display.variable} ${text.variable}`}>
      <body>
        <title>Something slipped</title>
        <main className="page grid justify-items-start gap-6 py-24">
          <Gratings className="size-24 text-quiet" />
          <h1 className="text-xl">Something slipped on our side.</h1>
          <p className="text-l text-quiet">Nothing was charged and nothing in your cart is lost.</p>
          {error.digest && <p className="num text-s text-quiet">Number of this error: {error.digest}</p>}
          <a href="/" className="button button-filled">
            To the front page
          </a>
        </main>
      </body>
    </html>
  );
}
