"use client";

import { useRef, useState, ViewTransition } from "react";
import { cx } from "@/components/ui/cx";
import { backdropOf, Picture } from "@/components/ui/picture";
import { mediaPath, type Shot } from "@/lib/domain/catalog";

/**
 * The pictures of a product side by side, one at a time: swiped, moved by the buttons, or chosen by thumbnail.
 * Thumbnails are links to the pictures, so all of them can be seen without scripts.
 */
export function Gallery({
  productId,
  name,
  shots,
}: {
  productId: string;
  name: string;
  shots: readonly Shot[];
}) {
  const track = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const [first] = shots;

  function show(at: number) {
    const to = Math.max(0, Math.min(shots.length - 1, at));
    const list = track.current;
    list?.scrollTo({ left: to * list.clientWidth, behavior: "smooth" });
  }

  if (!first)
    return (
      <div className="lg:py-6 lg:pl-edge">
        <Picture src={null} alt={`${name}: no picture yet`} sizes="58vw" />
      </div>
    );

  return (
    <section
      aria-label="Pictures"
      className="grid min-w-0 content-start gap-3 lg:grid-cols-[4.5rem_minmax(0,1fr)] lg:gap-4 lg:pt-2 lg:pb-16 lg:pl-edge"
    >
      {shots.length > 1 && (
        <ul className="flex gap-2 overflow-x-auto px-edge py-1 max-lg:order-2 lg:grid lg:content-start lg:overflow-visible lg:p-0">
          {shots.map((shot, i) => (
            <li key={shot.key} className="shrink-0">
              <a
                href={`#shot-${i}`}
                aria-label={`Picture ${i + 1}: ${shot.alt}`}
                aria-current={i === current ? "true" : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  show(i);
                }}
                className={cx(
                  "block outline-offset-2",
                  i === current && "scripted:outline-2 scripted:outline-ink",
                )}
              >
                <Picture
                  src={mediaPath(shot.key)}
                  alt=""
                  backdrop={backdropOf(shot.backdrop)}
                  sizes="72px"
                  className="size-14 lg:size-[4.5rem]"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      <div className={cx("group/shots relative", shots.length === 1 && "lg:col-span-2")}>
        <ViewTransition name={`product-${productId}`} default="none" share="auto">
          <ul
            ref={track}
            // What scrolls must be reachable by keyboard.
            tabIndex={shots.length > 1 ? 0 : undefined}
            aria-label={`Pictures of ${name}`}
            onScroll={(event) => {
              const { scrollLeft, clientWidth } = event.currentTarget;
              setCurrent(Math.round(scrollLeft / Math.max(1, clientWidth)));
            }}
            className="flex snap-x snap-mandatory overflow-x-auto [scrollbar-width:none]"
          >
            {shots.map((shot, i) => (
              <li key={shot.key} id={`shot-${i}`} className="w-full shrink-0 snap-center snap-always">
                <Picture
                  src={mediaPath(shot.key)}
                  alt={shot.alt}
                  backdrop={backdropOf(shot.backdrop)}
                  sizes="(width >= 64rem) 50vw, 100vw"
                  eager={i === 0}
                />
              </li>
            ))}
          </ul>
        </ViewTransition>
        {shots.length > 1 && (
          <div className="absolute right-3 bottom-3 hidden items-center gap-1 scripted:flex">
            <span className="num rounded-control bg-paper px-2 py-0.5 text-xs" aria-live="polite">
              <span className="sr-only">Picture </span>
              {current + 1} / {shots.length}
            </span>
            <Turn label="Previous picture" sign="←" off={current === 0} onClick={() => show(current - 1)} />
            <Turn
              label="Next picture"
              sign="→"
              off={current === shots.length - 1}
              onClick={() => show(current + 1)}
            />
          </div>
        )}
      </div>
    </section>
  );
}

function Turn({
  label,
  sign,
  off,
  onClick,
}: {
  label: string;
  sign: string;
  off: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={off}
      onClick={() => !off && onClick()}
      className={cx("grid size-11 place-items-center rounded-control bg-paper", off && "text-quiet")}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}
