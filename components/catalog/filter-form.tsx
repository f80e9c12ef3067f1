"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, type SubmitEvent, useEffect, useRef, useTransition } from "react";

/** What was changed last: a list that comes from another page takes the focus up where it was. */
let last: { name: string; value: string } | "bar" | null = null;

/**
 * The form of a list's filters. Without scripts it is sent; with scripts each change leads to the new list in place,
 * which is announced, and the focus stays. `current` is the address shown, so that Back puts the boxes right.
 */
export function FilterForm({
  action,
  plain,
  current,
  result,
  sheet,
  children,
  className,
}: {
  action: string;
  /** The list without anything chosen. */
  plain: string;
  current: string;
  /** "38 pieces": said when the list has changed. */
  result: string;
  /** The id of the popover that holds the filters on phones. */
  sheet: string;
  children: ReactNode;
  className?: string;
}) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const form = useRef<HTMLFormElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when another list is shown, which is its purpose
  useEffect(() => {
    const shown = form.current;
    if (!shown) return;
    shown.reset();
    if (!last) return;
    announce(result);
    if (last === "bar") shown.querySelector<HTMLElement>("[data-filters]")?.focus({ preventScroll: true });
    else if (!shown.contains(document.activeElement)) takeUp(shown, last);
    last = null;
  }, [current]);

  useEffect(() => {
    const folds = () => form.current?.querySelectorAll<HTMLDetailsElement>("details[data-drop][open]") ?? [];
    function onPointer(event: PointerEvent) {
      if (form.current?.contains(event.target as Node)) return;
      for (const fold of folds()) fold.open = false;
    }
    function onKey(event: KeyboardEvent) {
      if (event.key !== "Escape") return;
      for (const fold of folds()) {
        if (fold.contains(document.activeElement)) fold.querySelector("summary")?.focus();
        fold.open = false;
      }
    }
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  }, []);

  function go(href: string) {
    start(() => router.push(href as Route, { scroll: false }));
  }

  function apply() {
    if (!form.current) return;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form.current))
      if (typeof value === "string" && value.trim()) query.append(name, value.trim());
    go(query.size > 0 ? `${action}?${query}` : plain);
  }

  function onChange(event: React.ChangeEvent<HTMLFormElement>) {
    const field: unknown = event.target;
    if (!(field instanceof HTMLInputElement)) return;
    // On phones the sheet stays until it is done with.
    if (document.getElementById(sheet)?.matches(":popover-open")) return;
    last = { name: field.name, value: field.type === "text" ? "" : field.value };
    apply();
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const opened = document.getElementById(sheet);
    if (opened?.matches(":popover-open")) {
      opened.hidePopover();
      last = "bar";
    }
    apply();
  }

  function onClick(event: MouseEvent<HTMLFormElement>) {
    const link = (event.target as Element).closest("a");
    if (!link) return;
    const fold = link.closest("details");
    if (fold) fold.open = false;
    if (!link.hasAttribute("data-chip") || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    last = "bar";
    go(link.getAttribute("href") ?? plain);
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: links are clicked by the keyboard as well
    <form
      ref={form}
      action={action}
      onChange={onChange}
      onSubmit={onSubmit}
      onClick={onClick}
      aria-busy={pending}
      autoComplete="off"
      className={className}
    >
      {children}
    </form>
  );
}

/** Lists come and go with their page; who listens needs a region that was there before it speaks. */
function announce(text: string): void {
  const id = "list-status";
  const region = document.getElementById(id) ?? document.createElement("p");
  if (!region.isConnected) {
    Object.assign(region, { id, className: "sr-only" });
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  // Said in the next moment, so that a region that is new is heard as well.
  setTimeout(() => {
    region.textContent = text;
  }, 50);
}

function takeUp(form: HTMLFormElement, { name, value }: { name: string; value: string }): void {
  const fields = [...form.elements].filter(
    (field) => field instanceof HTMLInputElement && field.name === name,
  );
  const field = fields.find((one) => !value || (one as HTMLInputElement).value === value) as
    | HTMLInputElement
    | undefined;
  const fold = field?.closest("details");
  if (fold) fold.open = true;
  field?.focus({ preventScroll: true });
}
