"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { useFieldId, useFieldState } from "@/components/ui/form-state";

const MOST_BYTES = 25 * 1024 * 1024;

/** Pictures by picker, drop or paste. Dropped and pasted ones are sent at once; the picker waits for its button. */
export function PictureDrop({ children }: { children: ReactNode }) {
  const input = useRef<HTMLInputElement>(null);
  const id = useFieldId("files", undefined);
  const { error } = useFieldState("files");
  const [isOver, setOver] = useState(false);
  const [isLarge, setLarge] = useState(false);

  function take(files: FileList | undefined | null) {
    const box = input.current;
    if (!box || !files || files.length === 0) return false;
    box.files = files;
    if (check(box)) box.form?.requestSubmit();
    return true;
  }

  function check(box: HTMLInputElement): boolean {
    const bytes = [...(box.files ?? [])].reduce((sum, file) => sum + file.size, 0);
    setLarge(bytes > MOST_BYTES);
    box.setCustomValidity(bytes > MOST_BYTES ? "At most 25 MB at once." : "");
    return bytes <= MOST_BYTES;
  }

  useEffect(() => {
    function paste(event: ClipboardEvent) {
      const files = event.clipboardData?.files;
      if (files && [...files].some(({ type }) => type.startsWith("image/")) && take(files))
        event.preventDefault();
    }
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  });

  const fault = isLarge ? "That is more than 25 MB at once." : error;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a further way; the field inside is the one for everybody
    <div
      data-drop
      className={cx("grid gap-4 border border-dashed p-4", isOver && "bg-raised outline-2 outline-ink")}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Field
        id={id}
        label="New pictures"
        hint={
          <>
            JPEG, PNG, WebP or AVIF.<span className="unscripted:hidden"> Or drop or paste them here.</span>
          </>
        }
        error={fault}
      >
        <input
          ref={input}
          id={id}
          type="file"
          name="files"
          multiple
          required
          accept="image/jpeg,image/png,image/webp,image/avif"
          aria-invalid={fault ? true : undefined}
          aria-describedby={cx(`${id}-hint`, fault && `${id}-error`)}
          onChange={({ currentTarget }) => check(currentTarget)}
          className="min-h-target w-full"
        />
      </Field>
      {children}
    </div>
  );
}
