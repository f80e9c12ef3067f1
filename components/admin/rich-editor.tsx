"use client";

import { type ClipboardEvent, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { Field } from "@/components/ui/field";
import { useFieldId, useFieldState } from "@/components/ui/form-state";
import { cleanPaste, htmlOfText } from "./rich-paste";
import { RichTools } from "./rich-tools";

type Format = "text" | "html";

const never = () => () => {};

/**
 * A text with headings, lists and links. Without scripts it is the textarea that it began as; with them a sheet to write
 * on, whose HTML the textarea carries. Nothing changes its form until somebody types. The server cleans what comes.
 */
export function RichEditor({ text, format }: { text: string; format: Format }) {
  const isScripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const id = useFieldId("description", undefined);
  const { error, value } = useFieldState("description");
  const typedFormat = useFieldState("descriptionFormat").value;
  const label = useId();
  const carrier = useRef<HTMLTextAreaElement>(null);
  const told = useRef<HTMLInputElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [begun] = useState(() => {
    const [now, how] = value === undefined ? [text, format] : [value, typedFormat ?? format];
    return how === "html" ? now : htmlOfText(now);
  });

  // Filled once by hand: React must not draw over what is being written.
  useEffect(() => {
    if (isScripted && sheet.current && !sheet.current.hasChildNodes()) {
      sheet.current.replaceChildren(cleanPaste(begun));
      document.execCommand("defaultParagraphSeparator", false, "p");
    }
  }, [isScripted, begun]);

  function carry() {
    if (!sheet.current || !carrier.current || !told.current) return;
    carrier.current.value = sheet.current.textContent?.trim() ? sheet.current.innerHTML : "";
    told.current.value = "html";
  }

  /** What was typed before the page was drawn anew comes back into the textarea, which nobody sees. */
  function fill() {
    if (sheet.current && carrier.current) sheet.current.replaceChildren(cleanPaste(carrier.current.value));
    carry();
  }

  function paste(event: ClipboardEvent<HTMLDivElement>) {
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain");
    if (!html && !plain) return;
    event.preventDefault();
    const box = document.createElement("div");
    box.append(cleanPaste(html || htmlOfText(plain)));
    document.execCommand("insertHTML", false, box.innerHTML);
  }

  const carried = (
    <>
      <textarea
        ref={carrier}
        id={isScripted ? undefined : id}
        name="description"
        rows={8}
        maxLength={100_000}
        defaultValue={value ?? text}
        hidden={isScripted}
        onInput={isScripted ? fill : undefined}
        aria-describedby={`${id}-hint`}
        aria-invalid={!isScripted && error ? true : undefined}
        className="control"
      />
      <input ref={told} type="hidden" name="descriptionFormat" defaultValue={typedFormat ?? format} />
    </>
  );
  if (!isScripted)
    return (
      <Field
        id={id}
        label="Description"
        optional
        hint={
          format === "html"
            ? "Written in HTML; what could harm is taken out."
            : "An empty line begins a new paragraph."
        }
        error={error}
      >
        {carried}
      </Field>
    );
  return (
    <div className="grid content-start gap-1.5">
      <p id={label} className="text-s font-semibold">
        Description<span className="font-normal text-quiet"> optional</span>
      </p>
      <RichTools sheet={sheet} />
      {/* biome-ignore lint/a11y/useSemanticElements: no element of HTML holds headings and lists to write in */}
      <div
        ref={sheet}
        id={id}
        role="textbox"
        aria-multiline="true"
        aria-labelledby={label}
        aria-invalid={error ? true : undefined}
        tabIndex={0}
        contentEditable
        suppressContentEditableWarning
        onInput={carry}
        onPaste={paste}
        className="control rich h-auto max-h-120 min-h-48 overflow-y-auto [&_a]:inline-block [&_a]:min-h-6"
      />
      {error && <p className="text-s text-signal">{error}</p>}
      {carried}
    </div>
  );
}
