"use client";

import {
  type ComponentType,
  type KeyboardEvent,
  type MouseEvent,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { cx } from "@/components/ui/cx";
import { backdropOf, Picture } from "@/components/ui/picture";
import { mediaPath, type Shot } from "@/lib/domain/catalog";
import type { Zoom } from "./gallery-zoom";
import { Turn } from "./turn";

/** Few look that closely: its script comes when somebody is about to. */
const loadZoom = () => import("./gallery-zoom").then(({ GalleryZoom }) => GalleryZoom);
const never = () => () => {};
/** False in the page as it was sent, where every picture can be reached with the tab key. */
const useScripts = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/**
 * The pictures of a product side by side, one at a time: swiped, moved by the buttons or the arrow keys, or chosen by
 * thumbnail; a press shows one at full size. Without scripts each leads to its file.
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
  const thumbs = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const [large, setLarge] = useState<number | null>(null);
  const [GalleryZoom, setZoom] = useState<ComponentType<Zoom> | null>(null);
  const hasScripts = useScripts();
  const several = shots.length > 1;

  if (shots.length === 0)
    return (
      <div className="lg:py-6 lg:pl-edge">
        <Picture src={null} alt={`${name}: no picture yet`} sizes="58vw" />
      </div>
    );

  function show(at: number, how: ScrollBehavior = "smooth") {
    const list = track.current;
    const to = Math.max(0, Math.min(shots.length - 1, at));
    // Where motion is unwanted the stylesheet turns smooth scrolling off for pages; for this call we have to ask.
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    list?.scrollTo({ left: to * list.clientWidth, behavior: still ? "instant" : how });
    return to;
  }

  function enlarge(at: number) {
    setLarge(at);
    // Without its script the picture itself is shown, as it is without any.
    loadZoom().then(
      (loaded) => setZoom(() => loaded),
      () => location.assign(mediaPath(shots[at]?.key ?? "")),
    );
  }

  function onKey(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const to = show(current + by);
    track.current?.children[to]?.querySelector("a")?.focus({ preventScroll: true });
  }

  function onScroll({ scrollLeft, clientWidth }: HTMLElement) {
    const at = Math.round(scrollLeft / Math.max(1, clientWidth));
    if (at === current) return;
    setCurrent(at);
    // The strip of thumbnails follows, without moving the page.
    const list = thumbs.current;
    const thumb = list?.children[at];
    if (!list || !(thumb instanceof HTMLElement)) return;
    list.scrollTo({
      left: thumb.offsetLeft - list.clientWidth / 2,
      top: thumb.offsetTop - list.clientHeight / 2,
    });
  }

  return (
    <section
      aria-label="Pictures"
      className="grid min-w-0 content-start gap-3 lg:sticky lg:top-bar lg:self-start lg:grid-cols-[5rem_minmax(0,1fr)] lg:gap-3 lg:pt-2 lg:pb-16 lg:pl-edge"
    >
      {/* First, or a page that is still coming shows the small ones in its place. */}
      <div
        data-page-picture={productId}
        className={cx("relative", several ? "lg:col-start-2 lg:row-start-1" : "lg:col-span-2")}
      >
        <ul
          ref={track}
          aria-label={`Pictures of ${name}`}
          onScroll={(event) => onScroll(event.currentTarget)}
          onKeyDown={several ? onKey : undefined}
          className="flex snap-x snap-mandatory overflow-x-auto [scrollbar-width:none]"
        >
          {shots.map((shot, i) => (
            <li key={shot.key} id={`shot-${i}`} className="relative w-full shrink-0 snap-center snap-always">
              <a
                href={mediaPath(shot.key)}
                // One stop of the tab key: the arrow keys go on from there.
                tabIndex={hasScripts && i !== current ? -1 : undefined}
                onClick={(event: MouseEvent) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  enlarge(i);
                }}
                onPointerEnter={() => void loadZoom().catch(() => {})}
                className="block cursor-zoom-in -outline-offset-4"
              >
                <Picture
                  src={mediaPath(shot.key)}
                  alt={shot.alt}
                  backdrop={backdropOf(shot.backdrop)}
                  sizes="(width >= 64rem) 50vw, 100vw"
                  eager={i === 0}
                  late={i > 0}
                />
                <span className="sr-only">, show it large</span>
              </a>
            </li>
          ))}
        </ul>
        {several && (
          <div className="pointer-events-none absolute right-3 bottom-3 hidden items-center gap-1 scripted:flex">
            <span className="num rounded-control bg-paper px-2 py-0.5 text-xs" aria-live="polite">
              <span className="sr-only">Picture </span>
              {current + 1} / {shots.length}
            </span>
            <Turn to="previous" off={current === 0} onClick={() => show(current - 1)} />
            <Turn to="next" off={current === shots.length - 1} onClick={() => show(current + 1)} />
          </div>
        )}
      </div>
      {several && (
        <ul
          ref={thumbs}
          className="relative flex gap-2 overflow-x-auto px-edge py-1 lg:col-start-1 lg:row-start-1 lg:grid lg:max-h-[calc(100dvh-var(--spacing-bar)-4rem)] lg:content-start lg:overflow-x-hidden lg:overflow-y-auto lg:p-1"
        >
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
      {large !== null && GalleryZoom && (
        <GalleryZoom
          name={name}
          shots={shots}
          at={large}
          onTurn={setLarge}
          onClose={() => {
            show(large, "instant");
            track.current?.children[large]?.querySelector("a")?.focus({ preventScroll: true });
            setLarge(null);
          }}
        />
      )}
    </section>
  );
}
