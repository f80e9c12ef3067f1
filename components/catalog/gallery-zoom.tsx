"use client";

import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import { backdropOf, Picture } from "@/components/ui/picture";
import { mediaPath, type Shot } from "@/lib/domain/catalog";
import { Turn } from "./turn";

export interface Zoom {
  readonly name: string;
  readonly shots: readonly Shot[];
  readonly at: number;
  readonly onTurn: (at: number) => void;
  readonly onClose: () => void;
}

/**
 * One picture over the whole window. A press, or the button, doubles it, around the point that was pressed; then it
 * scrolls. Arrow keys turn the pictures, or scroll where it is doubled; Escape closes and the focus goes back.
 */
export function GalleryZoom({ name, shots, at, onTurn, onClose }: Zoom) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const [isDouble, setIsDouble] = useState(false);
  const shot = shots[at];

  useEffect(() => {
    if (dialog.current?.open !== false) return;
    dialog.current.showModal();
    pane.current?.querySelector("button")?.focus();
  }, []);

  function turn(by: number) {
    const to = at + by;
    if (to < 0 || to >= shots.length) return;
    setIsDouble(false);
    onTurn(to);
  }

  /** Doubles around a point of the pane, in shares of its width and height. */
  function double(x = 0.5, y = 0.5) {
    setIsDouble(!isDouble);
    if (isDouble) return;
    requestAnimationFrame(() => {
      const box = pane.current;
      box?.scrollTo(x * box.scrollWidth - box.clientWidth / 2, y * box.scrollHeight - box.clientHeight / 2);
    });
  }

  function onPress({ clientX, clientY, detail }: MouseEvent) {
    const box = pane.current?.getBoundingClientRect();
    // A press by key has no point.
    if (!box || detail === 0) double();
    else double((clientX - box.left) / box.width, (clientY - box.top) / box.height);
  }

  function onKey(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || isDouble) return;
    event.preventDefault();
    turn(by);
  }

  if (!shot) return null;
  return (
    <dialog
      ref={dialog}
      aria-label={`Pictures of ${name}, large`}
      onClose={onClose}
      onKeyDown={onKey}
      className="m-0 h-dvh max-h-none w-dvw max-w-none bg-paper p-0 open:grid open:grid-rows-[auto_minmax(0,1fr)]"
    >
      <div className="flex min-h-bar items-center justify-end gap-1 border-b px-3">
        <p className="num mr-auto pl-1 text-s" aria-live="polite">
          <span className="sr-only">Picture </span>
          {at + 1} / {shots.length}
        </p>
        {shots.length > 1 && (
          <>
            <Turn to="previous" off={at === 0} onClick={() => turn(-1)} />
            <Turn to="next" off={at === shots.length - 1} onClick={() => turn(1)} />
          </>
        )}
        <button
          type="button"
          onClick={() => double()}
          className="min-h-target px-3 text-s underline-offset-4 -outline-offset-4 hover:underline"
        >
          {isDouble ? "Smaller" : "Larger"}
        </button>
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          className="min-h-target px-3 text-s font-semibold underline-offset-4 -outline-offset-4 hover:underline"
        >
          Close
        </button>
      </div>
      <div ref={pane} className="overflow-auto">
        <button
          type="button"
          aria-label={isDouble ? `${shot.alt}, smaller` : `${shot.alt}, larger`}
          onClick={onPress}
          className={cx(
            "block -outline-offset-4",
            isDouble ? "h-[200%] w-[200%] cursor-zoom-out" : "size-full cursor-zoom-in",
          )}
        >
          <Picture
            key={shot.key}
            src={mediaPath(shot.key)}
            alt=""
            backdrop={backdropOf(shot.backdrop)}
            sizes={isDouble ? "200vw" : "100vw"}
            shape="fill"
            eager
          />
        </button>
      </div>
    </dialog>
  );
}
