"use client";

import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ActionForm, type FormAction } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";

/**
 * A list whose items (`<li data-item={id}>`) can be dragged to another place; each drop sends `itemField` and `to`,
 * or, of a tree, the `targetId` that it was dropped on and where both stood (`data-place`).
 * Dragging is a further way: every item has buttons that do the same.
 */
export function SortableList({
  action,
  fields,
  itemField,
  withPlaces = false,
  className,
  children,
}: {
  action: FormAction<FormState>;
  fields: Readonly<Record<string, string>>;
  itemField: string;
  withPlaces?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const list = useRef<HTMLUListElement>(null);
  const form = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<string>();
  const [move, setMove] = useState({ item: "", to: 0, target: "", place: "", targetPlace: "" });

  const itemAt = (event: DragEvent) =>
    event.target instanceof Element ? event.target.closest<HTMLElement>("[data-item]") : null;

  function drop(event: DragEvent) {
    const over = itemAt(event);
    if (!dragged || !over) return;
    event.preventDefault();
    const items = [...(list.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
    const to = items.indexOf(over);
    const place = items.find(({ dataset }) => dataset.item === dragged)?.dataset.place ?? "";
    const { item: target = "", place: targetPlace = "" } = over.dataset;
    setDragged(undefined);
    if (over.dataset.item === dragged || to < 0) return;
    // The fields below say so before they are sent.
    flushSync(() => setMove({ item: dragged, to, target, place, targetPlace }));
    form.current?.querySelector("form")?.requestSubmit();
  }

  const { target: targetId, place, targetPlace } = move;
  const where = withPlaces ? { targetId, place, targetPlace } : { to: String(move.to) };
  return (
    <>
      <ul
        ref={list}
        className={className}
        onDragStart={(event) => {
          const item = itemAt(event)?.dataset.item;
          setDragged(item);
          if (item) event.dataTransfer.setData("text/plain", item);
        }}
        onDragOver={(event) => {
          if (dragged && itemAt(event)) event.preventDefault();
        }}
        onDragEnd={() => setDragged(undefined)}
        onDrop={drop}
      >
        {children}
      </ul>
      {/* Shown only where it has something to say: the drop was refused. */}
      <div ref={form} className="not-has-data-[answer=error]:hidden">
        <ActionForm action={action} label="Move">
          {Object.entries({ ...fields, [itemField]: move.item, ...where }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} readOnly />
          ))}
        </ActionForm>
      </div>
    </>
  );
}
