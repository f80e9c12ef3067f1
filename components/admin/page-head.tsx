import type { ReactNode } from "react";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Toast, type Undo } from "@/components/ui/toast";
import { KeepPlace } from "./keep-place";
import { Told } from "./told";

/**
 * The head of a page: where it stands, its name, one quiet line, and what was just done by one of its forms, whose place
 * on the page is kept.
 */
export function PageHead({
  title,
  steps,
  line,
  done,
  undo,
  children,
}: {
  title: ReactNode;
  /** The way here, without the page itself. */
  steps?: readonly { label: string; href: string }[];
  line?: ReactNode;
  done?: string | undefined;
  /** How it is taken back; what was done then stands in a toast. */
  undo?: Undo | undefined;
  /** Beside the name. */
  children?: ReactNode;
}) {
  return (
    <>
      <div className="mb-6 grid gap-3">
        {steps && (
          <div data-screen>
            <Breadcrumb steps={[...steps, { label: typeof title === "string" ? title : "Here" }]} />
          </div>
        )}
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <h1 className="text-[1.625rem] wrap-anywhere">{title}</h1>
            {line && <p className="mt-1.5 text-s text-quiet">{line}</p>}
          </div>
          {children}
        </div>
        {done && undo && (
          <Toast key={JSON.stringify(undo.fields)} undo={undo}>
            {done}
          </Toast>
        )}
      </div>
      {done && !undo && <Told>{done}</Told>}
      <KeepPlace answer={done ?? ""} />
    </>
  );
}

/** A part of a page under its own name. */
export function Panel({
  title,
  id,
  children,
  end,
  onScreen = false,
}: {
  title: string;
  id: string;
  children: ReactNode;
  end?: ReactNode;
  /** Paper is told nothing of it. */
  onScreen?: boolean;
}) {
  return (
    <section aria-labelledby={id} data-screen={onScreen || undefined} className="border-t pt-4">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-3">
        <h2 id={id} className="font-text text-m font-semibold tracking-normal">
          {title}
        </h2>
        {end}
      </div>
      {children}
    </section>
  );
}
