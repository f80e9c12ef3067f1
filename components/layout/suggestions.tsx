"use client";

import { useEffect, useRef, useState } from "react";
import type { Suggested } from "@/lib/domain/suggestions";

/** Milliseconds without a key before the shop is asked. */
const PAUSE = 120;

interface Row {
  href: string;
  label: string;
  note?: string;
  picture?: string | null;
  group: string;
}

/**
 * The list under a search field, as an editable combobox with a list (ARIA 1.2): arrows move, Enter goes there, Escape
 * closes it; what is typed stays typed. A later answer never comes after an earlier question: each question ends the one before.
 */
export function Suggestions({ field }: { field: string }) {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const listId = `${field}-suggestions`;
  const isOpen = open && rows.length > 0;

  useEffect(() => {
    const input = document.getElementById(field);
    if (!(input instanceof HTMLInputElement)) return;
    let timer: ReturnType<typeof setTimeout>;
    let asking = new AbortController();

    function ask() {
      clearTimeout(timer);
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      const q = (input as HTMLInputElement).value.trim();
      setActive(-1);
      if (q.length < 2) return setRows([]);
      timer = setTimeout(() => {
        fetch(`/api/suggest?q=${encodeURIComponent(q)}`, { signal })
          .then((answer) => (answer.ok ? (answer.json() as Promise<Suggested>) : undefined))
          .then((found) => {
            if (!found || signal.aborted) return;
            setRows(rowsOf(found));
            setOpen(true);
          })
          // The plain form is there without them.
          .catch(() => {});
      }, PAUSE);
    }
    const reopen = () => setOpen(true);
    const close = (event: FocusEvent) => {
      if (!list.current?.contains(event.relatedTarget as Node)) setOpen(false);
    };
    input.addEventListener("input", ask);
    input.addEventListener("focus", reopen);
    input.addEventListener("blur", close);
    // Whoever typed before this was loaded is answered, too.
    if (input.value !== input.defaultValue) ask();
    return () => {
      clearTimeout(timer);
      asking.abort();
      input.removeEventListener("input", ask);
      input.removeEventListener("focus", reopen);
      input.removeEventListener("blur", close);
    };
  }, [field]);

  useEffect(() => {
    const input = document.getElementById(field);
    if (!input) return;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": String(isOpen),
      "aria-controls": listId,
    }))
      input.setAttribute(name, value);
    if (isOpen && active >= 0) {
      input.setAttribute("aria-activedescendant", `${listId}-${active}`);
      document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");

    function onKey(event: KeyboardEvent) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && rows.length > 0) {
        event.preventDefault();
        // One place more than rows: the field itself.
        setActive((now) => (((isOpen ? now : -1) + 1 + step + rows.length + 1) % (rows.length + 1)) - 1);
        setOpen(true);
      } else if (event.key === "Enter" && isOpen && active >= 0) {
        event.preventDefault();
        document.getElementById(`${listId}-${active}`)?.click();
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
        setActive(-1);
      }
    }
    input.addEventListener("keydown", onKey);
    return () => input.removeEventListener("keydown", onKey);
  }, [field, listId, rows, active, isOpen]);

  return (
    <>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label="Suggestions"
        hidden={!isOpen}
        className="absolute top-full right-0 z-30 mt-px max-h-[calc(100dvh-var(--spacing-bar)-2rem)] w-full min-w-72 overflow-y-auto border bg-paper py-2 lg:w-96"
      >
        {groupsOf(rows).map(([group, entries]) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
          <div key={group} role="group" aria-label={group} className="py-1">
            <p aria-hidden="true" className="px-3 py-1 text-xs text-quiet">
              {group}
            </p>
            {entries.map(({ row, at }) => (
              <a
                key={row.href}
                id={`${listId}-${at}`}
                role="option"
                aria-selected={at === active}
                tabIndex={-1}
                href={row.href}
                // The field keeps the focus while the button is down.
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => setActive(at)}
                className={`flex min-h-target items-center gap-3 px-3 ${at === active ? "bg-raised" : ""}`}
              >
                {row.picture && (
                  // biome-ignore lint/performance/noImgElement: a thumbnail whose address the answer brings
                  <img
                    src={row.picture}
                    alt=""
                    width={40}
                    height={48}
                    className="h-12 w-10 shrink-0 object-contain"
                  />
                )}
                <span className="min-w-0 flex-1 truncate">{row.label}</span>
                {row.note && <span className="num shrink-0 text-s text-quiet">{row.note}</span>}
              </a>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className="sr-only">
        {isOpen ? `${rows.length} ${rows.length === 1 ? "suggestion" : "suggestions"}` : ""}
      </p>
    </>
  );
}

function rowsOf({ queries, categories, products }: Suggested): Row[] {
  return [
    ...queries.map((q) => ({ group: "Searches", label: q, href: `/search?q=${encodeURIComponent(q)}` })),
    ...categories.map(({ name, path }) => ({ group: "Categories", label: name, href: path })),
    ...products.map(({ name, path, price, picture }) => ({
      group: "Pieces",
      label: name,
      href: path,
      note: price,
      picture,
    })),
  ];
}

function groupsOf(rows: readonly Row[]): [string, { row: Row; at: number }[]][] {
  const groups = new Map<string, { row: Row; at: number }[]>();
  for (const [at, row] of rows.entries())
    groups.set(row.group, [...(groups.get(row.group) ?? []), { row, at }]);
  return [...groups];
}
