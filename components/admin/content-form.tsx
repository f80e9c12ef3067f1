"use client";

import { Prose } from "@/components/content/prose";
import { ActionForm } from "@/components/ui/action-form";
import { Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import type { ActionState } from "@/lib/action";
import { type PagePreview, resetPageText, savePageText } from "@/lib/actions/admin/content";
import type { Figures } from "@/lib/domain/content";
import type { EditablePage } from "@/lib/queries/admin/content";

/** A page of text: title, sentence and Markdown, and what it will look like. */
export function ContentForm({ page, figures }: { page: EditablePage; figures: Figures }) {
  return (
    <ActionForm<ActionState<PagePreview>> action={savePageText} label="Page">
      {({ data }) => (
        <div className="grid gap-8">
          <div className="grid gap-5">
            <input type="hidden" name="slug" value={page.slug} />
            <VersionField version={page.version} />
            {Object.entries(figures).map(([name, says]) => (
              <input key={name} type="hidden" name={`figures.${name}`} value={says} />
            ))}
            <TextInput
              name="title"
              label="Title"
              defaultValue={data?.typed.title ?? page.title}
              maxLength={120}
              autoComplete="off"
              className="max-w-form"
            />
            <TextInput
              name="summary"
              label="In a sentence"
              hint="Below the title, and in search engines."
              defaultValue={data?.typed.summary ?? page.summary}
              maxLength={300}
              autoComplete="off"
              className="max-w-form"
            />
            <Textarea
              name="body"
              label="Text"
              hint="Markdown: ## for a heading, - for a list, [words](/address) for a link, **strong**. HTML is left out."
              defaultValue={data?.typed.body ?? page.body}
              rows={24}
              maxLength={60_000}
            />
            <div className="flex flex-wrap gap-3">
              <SubmitButton small name="do" value="save">
                Save
              </SubmitButton>
              <SubmitButton small look="line" name="do" value="preview">
                Preview
              </SubmitButton>
            </div>
          </div>
          <div aria-live="polite">{data && <Preview preview={data} />}</div>
        </div>
      )}
    </ActionForm>
  );
}

function Preview({ preview: { typed, html } }: { preview: PagePreview }) {
  return (
    <section aria-labelledby="preview" className="border-t pt-4">
      <h2 id="preview" className="mb-3 font-text text-m font-semibold tracking-normal">
        Preview: not saved yet
      </h2>
      <div className="hairline rounded-control p-5 sm:p-8">
        <div className="mb-8 grid max-w-form gap-4">
          <p className="font-display text-2xl wrap-anywhere">{typed.title}</p>
          <p className="text-l text-quiet wrap-anywhere">{typed.summary}</p>
        </div>
        <div className="max-w-form">
          <Prose html={html} />
        </div>
      </div>
    </section>
  );
}

/** The way back to the file. */
export function ResetContentForm({ page: { slug, version } }: { page: EditablePage }) {
  return (
    <ActionForm action={resetPageText} label="The text that ships" className="grid gap-4">
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="version" value={version} />
      <p className="text-s text-quiet">
        Your text leaves the shop. It stays in the audit log, and can be put back.
      </p>
      <SubmitButton look="line" small className="justify-self-start">
        Back to the text that ships
      </SubmitButton>
    </ActionForm>
  );
}
