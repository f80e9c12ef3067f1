"use client";

import { useEffect, useState } from "react";

/**
 * How long the pieces are held: a quiet clock that starts from the seconds the server counted, so that the
 * browser's own clock does not matter. Not a live region: nobody wants every second read out.
 */
export function Hold({ seconds, pieces }: { seconds: number; pieces: number }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = performance.now() + seconds * 1000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.round((end - performance.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  const what = pieces === 1 ? "Held for you" : `${pieces} pieces held for you`;
  if (left === 0)
    return <p className="text-s text-quiet">The hold is over; this page follows in a moment.</p>;
  const minutes = Math.floor(left / 60);
  return (
    <p className="text-s text-quiet">
      {what} for another{" "}
      <span className="num font-semibold text-ink">
        {minutes}:{String(left % 60).padStart(2, "0")}
      </span>
    </p>
  );
}
