"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Palette } from "./palette";
import type { Section } from "./sections";

/** Milliseconds between "g" and the key of a section. */
const PAIR = 1_500;
const OFF = "keys-off";

/**
 * The keys of the back office: Ctrl K goes anywhere, "g" and a letter goes to a section, "/" searches the list, "?"
 * tells all of it. Keys without Ctrl can be switched off, for whoever speaks to their computer or types by accident.
 */
export function Shortcuts({ sections }: { sections: readonly Section[] }) {
  const palette = useRef<HTMLDialogElement>(null);
  const sheet = useRef<HTMLDialogElement>(null);
  const [isOpened, setOpened] = useState(false);
  const isOff = useSyncExternalStore(
    listen,
    () => localStorage.getItem(OFF) === "1",
    () => false,
  );
  const router = useRouter();

  useEffect(() => {
    if (isOpened) palette.current?.showModal();
  }, [isOpened]);

  useEffect(() => {
    let pressedG = 0;
    function openPalette() {
      if (!palette.current) setOpened(true);
      else if (!palette.current.open) palette.current.showModal();
    }
    function onKey(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        if (!sheet.current?.open) openPalette();
        return;
      }
      if (isOff || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      const hadG = event.timeStamp - pressedG < PAIR;
      pressedG = 0;
      const section = hadG ? sections.find(({ shortcut }) => shortcut === event.key) : undefined;
      if (section) {
        event.preventDefault();
        router.push(section.href as Route);
      } else if (event.key === "g") pressedG = event.timeStamp;
      else if (event.key === "?") sheet.current?.showModal();
      else if (event.key === "/") {
        event.preventDefault();
        const field = document.querySelector<HTMLInputElement>("#list-search");
        if (field) field.focus();
        else openPalette();
      }
    }
    function onClick(event: MouseEvent) {
      const link = event.target instanceof Element && event.target.closest("[data-palette]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openPalette();
    }
    document.addEventListener("keydown", onKey);
    document.addEventListener("click", onClick, true);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("click", onClick, true);
    };
  }, [router, sections, isOff]);

  return (
    <>
      {isOpened && <Palette dialog={palette} />}
      <dialog
        ref={sheet}
        aria-labelledby="keys-title"
        className="m-auto max-h-[85vh] w-[min(30rem,calc(100vw-2rem))] overflow-y-auto border bg-paper p-6 text-ink backdrop:bg-ink/40"
      >
        <h2 id="keys-title" className="text-l">
          Keys
        </h2>
        <dl className="my-4 grid grid-cols-[1fr_auto] gap-x-6 gap-y-2 text-s">
          <Keys keys={["Ctrl", "K"]} does="Go anywhere" />
          <Keys keys={["/"]} does="Search this list" />
          <Keys keys={["?"]} does="These keys" />
          {sections.map(
            ({ label, shortcut }) => shortcut && <Keys key={shortcut} keys={["g", shortcut]} does={label} />,
          )}
        </dl>
        <label className="flex min-h-6 items-start gap-3 text-s">
          <input
            type="checkbox"
            checked={!isOff}
            onChange={({ currentTarget }) => {
              if (currentTarget.checked) localStorage.removeItem(OFF);
              else localStorage.setItem(OFF, "1");
              dispatchEvent(new Event(OFF));
            }}
            className="size-5 shrink-0"
          />
          Keys without Ctrl are on in this browser
        </label>
        <form method="dialog" className="mt-6">
          <button type="submit" className="button button-line button-small">
            Close
          </button>
        </form>
      </dialog>
    </>
  );
}

function Keys({ keys, does }: { keys: readonly string[]; does: string }) {
  return (
    <>
      <dt>{does}</dt>
      <dd className="flex gap-1">
        {keys.map((key) => (
          <kbd key={key} className="rounded-control px-2 hairline">
            {key}
          </kbd>
        ))}
      </dd>
    </>
  );
}

function listen(changed: () => void): () => void {
  addEventListener(OFF, changed);
  addEventListener("storage", changed);
  return () => {
    removeEventListener(OFF, changed);
    removeEventListener("storage", changed);
  };
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
