import type { Ref } from "react";

/**
 * What is wrong with a form, each line a link to its field. Gets the focus after an answer with errors.
 * Fields are found by their id, which is their name unless told otherwise.
 */
export function ErrorSummary({
  message = "Something needs another look.",
  errors = [],
  ref,
}: {
  message?: string;
  errors?: readonly { name: string; message: string; id?: string }[];
  ref?: Ref<HTMLDivElement>;
}) {
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: after a POST without scripts the page begins at what is wrong
      autoFocus
      className="mb-6 border-l-4 border-signal bg-raised px-4 py-3"
    >
      <p className="font-semibold">{message}</p>
      {errors.length > 0 && (
        <ul className="mt-1 grid gap-1">
          {errors.map((error) => (
            <li key={error.name}>
              <a className="link text-signal" href={`#${error.id ?? error.name}`}>
                {error.message}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
