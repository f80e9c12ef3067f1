"use client";

import { usePathname } from "next/navigation";
import { useEffect, useLayoutEffect } from "react";

const DURATION_MS = 180;
/** What left longer ago has nothing to do with the page that comes. */
const FRESH_MS = 4_000;
/** A picture that comes later than this is no part of the change of pages. */
const PATIENCE_MS = 1_500;

interface Left {
  readonly box: DOMRect;
  readonly src: string;
  readonly fit: string;
}
/** Where pictures stood on the page that is left, by product. */
let left: { at: number; pictures: Map<string, Left> } | undefined;

/**
 * Lets a product's picture fly from its card to its page, and back from there. The browser's own view transitions take
 * the old page's picture first, which shows the new page two or three frames later; here it is there at once, and the
 * small picture stands in for the large one until that has come.
 */
export function SharedPicture() {
  const pathname = usePathname();

  useEffect(() => {
    // At popstate the router has changed the page already. A browser without this API changes it without a flight.
    const history = "navigation" in window ? window.navigation : undefined;
    document.addEventListener("click", onClick, { capture: true });
    history?.addEventListener("navigate", onNavigate);
    return () => {
      document.removeEventListener("click", onClick, { capture: true });
      history?.removeEventListener("navigate", onNavigate);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what says that another page is there.
  useLayoutEffect(() => {
    // Before the page is drawn, and after it was put where it stood when it was left.
    const frame = requestAnimationFrame(arrive);
    return () => cancelAnimationFrame(frame);
  }, [pathname]);

  return null;
}

function onClick({ target }: MouseEvent): void {
  const card = target instanceof Element && target.closest("article")?.querySelector("[data-card-picture]");
  remember(card ? [card] : allOf("data-page-picture"));
}

function onNavigate({ navigationType }: NavigateEvent): void {
  if (navigationType !== "traverse") return;
  const own = allOf("data-page-picture");
  remember(own.length > 0 ? own : allOf("data-card-picture"));
}

/** Pages that were left stay in the document without a size. */
const allOf = (mark: string) => [...document.querySelectorAll(`main [${mark}]`)].filter(isSeen);

function isSeen(element: Element): boolean {
  const { width, top, bottom } = element.getBoundingClientRect();
  return width > 0 && bottom > 0 && top < innerHeight;
}

/** A gallery may have been turned: the picture that stands in its frame. */
function shownIn(element: Element): HTMLImageElement | undefined {
  const frame = element.getBoundingClientRect();
  const middle = frame.left + frame.width / 2;
  return [...element.querySelectorAll("img")].find((image) => {
    const { left: start, right: end } = image.getBoundingClientRect();
    return start < middle && middle < end;
  });
}

const idOf = ({ dataset }: HTMLElement) => dataset.pagePicture ?? dataset.cardPicture ?? "";

function remember(elements: readonly Element[]): void {
  const pictures = new Map<string, Left>();
  for (const element of elements) {
    const image = shownIn(element);
    if (!(element instanceof HTMLElement) || !image?.complete || image.naturalWidth === 0) continue;
    const { objectFit } = getComputedStyle(image);
    pictures.set(idOf(element), {
      box: image.getBoundingClientRect(),
      src: image.currentSrc,
      fit: objectFit,
    });
  }
  left = { at: performance.now(), pictures };
}

function arrive(): void {
  const from = left;
  left = undefined;
  if (!from || performance.now() - from.at > FRESH_MS) return;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const element of [...allOf("data-page-picture"), ...allOf("data-card-picture")]) {
    const picture = element instanceof HTMLElement && from.pictures.get(idOf(element));
    const image = shownIn(element);
    if (!picture || !image) continue;
    fly(picture, image);
    return;
  }
}

function fly({ box, src, fit }: Left, image: HTMLImageElement): void {
  const to = image.getBoundingClientRect();
  const flyer = new Image();
  flyer.src = src;
  flyer.alt = "";
  flyer.dataset.flyer = "";
  Object.assign(flyer.style, {
    left: `${to.left + scrollX}px`,
    top: `${to.top + scrollY}px`,
    width: `${to.width}px`,
    height: `${to.height}px`,
    objectFit: fit,
  });
  document.body.append(flyer);
  // Cells differ in their shape; what they show does not, so it is not stretched.
  const scale = Math.min(box.width / to.width, box.height / to.height);
  const across = box.left + box.width / 2 - to.left - to.width / 2;
  const down = box.top + box.height / 2 - to.top - to.height / 2;
  const start = `translate(${across}px, ${down}px) scale(${scale})`;
  const timing = { duration: DURATION_MS, easing: "ease-out" };
  image.animate([{ opacity: 0 }, { opacity: 0 }], timing);
  const flight = flyer.animate([{ transform: start }, { transform: "none" }], timing);
  const land = () => flyer.remove();
  flight.finished.then(() => {
    if (image.complete) return land();
    image.addEventListener("load", land, { once: true });
    setTimeout(land, PATIENCE_MS);
  }, land);
}
