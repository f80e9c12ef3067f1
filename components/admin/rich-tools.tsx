"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";

const TOOLS = [
  { label: "Bold", command: "bold", face: <b>B</b> },
  { label: "Italic", command: "italic", face: <i>I</i> },
  { label: "Heading", block: "h2", face: "Heading" },
  { label: "Smaller heading", block: "h3", face: "Smaller" },
  { label: "List", command: "insertUnorderedList", face: "• List" },
  { label: "Numbered list", command: "insertOrderedList", face: "1. List" },
] as const;

/** The buttons above the sheet. They act on what is selected there and show what it is. */
export function RichTools({ sheet }: { sheet: RefObject<HTMLDivElement | null> }) {
  const [on, setOn] = useState<readonly string[]>([]);
  const [isLinking, setLinking] = useState(false);
  const kept = useRef<Range>(undefined);
  const address = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function look() {
      const selection = getSelection();
      if (!selection?.rangeCount || !sheet.current?.contains(selection.anchorNode)) return;
      kept.current = selection.getRangeAt(0);
      const block = String(document.queryCommandValue("formatBlock")).toLowerCase();
      const active = TOOLS.filter((tool) =>
        "block" in tool ? tool.block === block : document.queryCommandState(tool.command),
      ).map(({ label }) => label as string);
      const anchor = selection.anchorNode;
      const link = (anchor instanceof Element ? anchor : anchor?.parentElement)?.closest("a");
      setOn(link ? [...active, "Link"] : active);
    }
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [sheet]);

  /** The selection goes where the focus goes; commands act on it. */
  function back() {
    sheet.current?.focus();
    const selection = getSelection();
    if (!kept.current || !selection) return;
    selection.removeAllRanges();
    selection.addRange(kept.current);
  }

  function run(command: string, argument?: string) {
    back();
    document.execCommand(command, false, argument);
  }

  function link() {
    const typed = address.current?.value.trim() ?? "";
    setLinking(false);
    if (!typed) return run("unlink");
    const href = /^(https?:|mailto:|\/(?!\/))/i.test(typed) ? typed : `https://${typed}`;
    run("createLink", href);
  }

  const face = (label: string) =>
    cx(
      "min-h-8 min-w-8 px-2 text-s hover:bg-raised",
      on.includes(label) && "bg-raised outline-1 outline-ink",
    );
  return (
    <fieldset className="flex flex-wrap items-center gap-1">
      <legend className="sr-only">Formatting of the description</legend>
      {TOOLS.map((tool) => (
        <button
          key={tool.label}
          type="button"
          aria-label={tool.label}
          aria-pressed={on.includes(tool.label)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            if ("block" in tool) run("formatBlock", on.includes(tool.label) ? "p" : tool.block);
            else run(tool.command);
          }}
          className={face(tool.label)}
        >
          {tool.face}
        </button>
      ))}
      <button
        type="button"
        aria-pressed={on.includes("Link")}
        aria-expanded={isLinking}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          if (on.includes("Link")) run("unlink");
          else setLinking(!isLinking);
        }}
        className={face("Link")}
      >
        Link
      </button>
      {isLinking && (
        <span className="flex grow items-center gap-2">
          <input
            ref={address}
            // biome-ignore lint/a11y/noAutofocus: it was asked for by the button beside it
            autoFocus
            aria-label="Address of the link"
            placeholder="https://"
            className="control min-h-8 grow py-1 text-s"
            onKeyDown={(event) => {
              if (event.key === "Escape") setLinking(false);
              if (event.key !== "Enter") return;
              // Enter would save the product.
              event.preventDefault();
              link();
            }}
          />
          <Button look="line" small onClick={link}>
            Set link
          </Button>
        </span>
      )}
    </fieldset>
  );
}
