"use client";

import { useState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Textarea, TextInput } from "@/components/ui/field";
import { LIMITS } from "@/lib/domain/catalog-limits";

/** What a search engine may show of the product, and the two fields that decide it. */
export function SearchSnippet({
  slug,
  name,
  fallback,
  title,
  description,
}: {
  slug: string;
  name: string;
  /** What stands in for a description. */
  fallback: string;
  title: string;
  description: string;
}) {
  const [typed, setTyped] = useState({ title, description });
  return (
    <Disclosure title="In search engines">
      <div className="grid grid-cols-1 gap-x-12 gap-y-5 lg:grid-cols-2">
        <div className="grid grid-cols-1 content-start gap-5">
          <TextInput
            name="metaTitle"
            label="Title there"
            hint="The name when left empty. About 60 letters are shown."
            defaultValue={title}
            maxLength={LIMITS.metaTitle}
            optional
            onChange={({ currentTarget }) => setTyped({ ...typed, title: currentTarget.value })}
          />
          <Textarea
            name="metaDescription"
            label="Description there"
            hint="The first lines when left empty. About 155 letters are shown."
            defaultValue={description}
            maxLength={LIMITS.metaDescription}
            rows={3}
            optional
            onChange={({ currentTarget }) => setTyped({ ...typed, description: currentTarget.value })}
          />
        </div>
        <figure className="self-start bg-raised p-5" data-snippet>
          <figcaption className="mb-3 text-s text-quiet">How it may look</figcaption>
          <p className="num text-s break-all text-quiet">…/p/{slug}</p>
          <p className="text-l font-semibold">{cut(typed.title || name, 60)}</p>
          <p className="text-s">{cut(typed.description || fallback, 155)}</p>
        </figure>
      </div>
    </Disclosure>
  );
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
