"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from "react";
import { cx } from "@/components/ui/cx";
import type { Found } from "@/lib/queries/admin/find";

/** Milliseconds after the last key before the server is asked. */
const PAUSE = 120;

/**
 * Goes anywhere: what is typed is looked up by the server, which answers what this person may see. Arrows choose, Enter
 * goes, Escape closes. Where scripts are off, /admin/find does the same.
 */
export function Palette({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  const [text, setText] = useState("");
  const { found, isLost, isAnswered } = useFound(text);
  const [chosen, setChosen] = useState(0);
  // Enter was pressed before the answer came: what is listed is of what was typed before.
  const [isHasty, setHasty] = useState(false);
  const router = useRouter();
  const id = useId();
  const at = Math.min(chosen, found.length - 1);

  useEffect(() => {
    if (!isHasty || !isAnswered) return;
    setHasty(false);
    const [first] = found;
    if (first) go(first);
  });

  function go(one: Found | undefined) {
    if (!one) return;
    dialog.current?.close();
    router.push(one.href as Route);
  }

  function onKey(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setChosen((at + step + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isAnswered) go(found[at]);
      else setHasty(true);
    }
  }

  return (
    <dialog
      ref={dialog}
      aria-label="Go anywhere"
      onClose={() => {
        setText("");
        setChosen(0);
        setHasty(false);
      }}
      // A press beside it closes it; React's types do not know the attribute yet.
      {...{ closedby: "any" }}
      className="mx-auto mt-[12vh] w-[min(40rem,calc(100vw-2rem))] border bg-paper text-ink backdrop:bg-ink/40"
    >
      <div className="grid max-h-[70vh] grid-rows-[auto_minmax(0,1fr)_auto]">
        <div className="flex items-center border-b">
          <input
            type="search"
            role="combobox"
            aria-label="Page, order, product or customer"
            aria-expanded={found.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
            placeholder="Page, order, product or customer"
            value={text}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
              setChosen(0);
              setHasty(false);
            }}
            onKeyDown={onKey}
            className="min-h-control w-full min-w-0 bg-transparent px-4 text-l -outline-offset-4 placeholder:text-quiet placeholder:opacity-100"
          />
          <button
            type="button"
            aria-label="Close"
            onClick={() => dialog.current?.close()}
            className="grid size-11 shrink-0 place-items-center text-l"
          >
            <span aria-hidden="true">×</span>
          </button>
        </div>
        <div id={`${id}-list`} role="listbox" aria-label="Found" className="overflow-y-auto p-2">
          {found.map((one, i) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen one
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field
            <div
              key={`${one.kind} ${one.href}`}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === at}
              ref={i === at ? (row) => row?.scrollIntoView({ block: "nearest" }) : undefined}
              onClick={() => go(one)}
              className={cx(
                "flex min-h-target cursor-pointer flex-wrap items-center gap-x-3 rounded-control px-3 py-1",
                i === at ? "bg-ink text-paper" : "hover:hairline",
              )}
            >
              <span className="font-semibold">{one.label}</span>
              <span className={cx("text-s", i !== at && "text-quiet")}>{one.detail}</span>
              <span className={cx("ml-auto text-s", i !== at && "text-quiet")}>{one.kind}</span>
            </div>
          ))}
        </div>
        <p role="status" className="border-t px-4 py-2 text-s text-quiet">
          {isLost ? "No answer; what you type next asks again." : counted(found.length, text)}
        </p>
      </div>
    </dialog>
  );
}

function counted(count: number, text: string): string {
  if (count === 0) return text ? `Nothing is called “${text}”.` : "";
  return count === 1 ? "One found. Enter goes there." : `${count} found. Arrows choose, Enter goes there.`;
}

interface Answer {
  /** What was asked; undefined before the first answer. */
  readonly text: string | undefined;
  readonly found: readonly Found[];
  readonly isLost: boolean;
}

/** What is found for `text`; what was found for the text before it while `isAnswered` is false. */
function useFound(text: string): Omit<Answer, "text"> & { isAnswered: boolean } {
  const [state, setState] = useState<Answer>({ text: undefined, found: [], isLost: false });
  useEffect(() => {
    const asking = new AbortController();
    async function look() {
      try {
        const query = new URLSearchParams({ q: text.trim() });
        const answer = await fetch(`/api/admin/find?${query}`, { signal: asking.signal });
        if (!answer.ok) throw new Error(`answered ${answer.status}`);
        const { found } = (await answer.json()) as { found: Found[] };
        setState({ text, found, isLost: false });
      } catch {
        if (!asking.signal.aborted) setState((before) => ({ ...before, isLost: true }));
      }
    }
    const waiting = setTimeout(look, text ? PAUSE : 0);
    return () => {
      clearTimeout(waiting);
      asking.abort();
    };
  }, [text]);
  return { found: state.found, isLost: state.isLost, isAnswered: state.text === text };
}
