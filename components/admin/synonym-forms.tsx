import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { addSynonyms, changeSynonyms, removeSynonyms } from "@/lib/actions/admin/search";
import type { SynonymList as Synonyms } from "@/lib/queries/admin/search";

/** A new list of words that mean the same. */
export function NewSynonyms({ count }: { count: number }) {
  return (
    <ActionForm
      key={count}
      action={addSynonyms}
      label="New words that mean the same"
      className="grid max-w-form gap-4"
    >
      <TextInput
        name="terms"
        id="new-terms"
        label="Words that mean the same"
        hint="With a comma between them. Several words may stand together: night stand, nightstand."
        maxLength={600}
        autoComplete="off"
      />
      <SubmitButton small className="justify-self-start">
        Add
      </SubmitButton>
    </ActionForm>
  );
}

/** The lists that there are, each to be changed or removed. */
export function SynonymList({ synonyms }: { synonyms: readonly Synonyms[] }) {
  return (
    <ul className="border-t">
      {synonyms.map(({ id, version, terms }) => (
        <li key={id}>
          <details className="border-b">
            <summary className="flex min-h-target items-center justify-between gap-4 py-2">
              <span className="wrap-anywhere">{terms.join(", ")}</span>
              <span className="text-s text-quiet underline underline-offset-4">Change</span>
            </summary>
            <div className="flex flex-wrap items-end gap-3 pb-4">
              <ActionForm
                action={changeSynonyms}
                label={`Change ${terms[0]}`}
                className="grid min-w-64 grow gap-3 sm:grid-cols-[1fr_auto] sm:items-end"
              >
                <input type="hidden" name="id" value={id} />
                <VersionField version={version} />
                <TextInput
                  name="terms"
                  id={`terms-${id}`}
                  label="Words"
                  defaultValue={terms.join(", ")}
                  maxLength={600}
                  autoComplete="off"
                />
                <SubmitButton look="line" small>
                  Keep
                </SubmitButton>
              </ActionForm>
              <ActionForm action={removeSynonyms} label={`Remove ${terms[0]}`}>
                <input type="hidden" name="id" value={id} />
                <VersionField version={version} />
                <SubmitButton look="quiet" small>
                  Remove
                </SubmitButton>
              </ActionForm>
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
