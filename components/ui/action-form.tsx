"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { ErrorSummary } from "./error-summary";
import { FieldIds, FormContext, type FormState, fieldErrorList } from "./form-state";
import { useGuardedAction } from "./guarded";
import { Notice } from "./notice";

/** An action as `useActionState` calls it; works as a plain POST where scripts are off. */
export type FormAction<S extends FormState> = (previous: S, data: FormData) => Promise<S> | S;

type Props<S extends FormState> = {
  /** The server action itself: one that is wrapped on the client is no plain POST where scripts are off. */
  action: FormAction<NoInfer<S>>;
  /** Shows what is expected before the answer is there (`useOptimistic`). */
  expect?: (data: FormData) => void;
  initial?: S;
  children: ReactNode | ((state: S) => ReactNode);
  className?: string;
  id?: string;
  /** Names the form for screen readers, where no heading does. */
  label?: string;
  /** Said when the action succeeded; leave out where the page itself shows the result. */
  success?: ReactNode;
  /** Hides the summary above the form where the page shows the message elsewhere. */
  quiet?: boolean;
  /** Stands before the ids of the fields, where the same form stands on several pages. */
  idPrefix?: string;
};

/**
 * A form around a server action. Typed values survive an error, the summary of what is wrong gets the focus,
 * and the fields inside find their own error by name.
 */
export function ActionForm<S extends FormState = FormState>({
  action,
  expect,
  initial,
  children,
  className,
  id,
  label,
  success,
  quiet = false,
  idPrefix = "",
}: Props<S>) {
  const [state, submit] = useGuardedAction<S>(action, initial, expect);
  const summary = useRef<HTMLDivElement>(null);
  // React resets a form once its action has answered; what was typed in the meantime must not go with it.
  const isTypedIn = useRef(false);
  const shown = useRef(state);

  useEffect(() => {
    if (shown.current === state) return;
    shown.current = state;
    if (state.status === "error") summary.current?.focus();
  }, [state]);

  return (
    <FieldIds value={idPrefix}>
      <FormContext value={state}>
        <form
          id={id}
          action={submit}
          className={className}
          aria-label={label}
          noValidate={false}
          data-answer={state.status}
          onSubmit={() => {
            isTypedIn.current = false;
          }}
          onInput={() => {
            isTypedIn.current = true;
          }}
          onReset={(event) => {
            if (isTypedIn.current) event.preventDefault();
          }}
        >
          <noscript>
            <input type="hidden" name="nojs" value="1" />
          </noscript>
          {!quiet && state.status === "error" && (
            <ErrorSummary
              ref={summary}
              message={state.message}
              errors={fieldErrorList(state).map((error) => ({ ...error, id: `${idPrefix}${error.name}` }))}
            />
          )}
          {success && state.status === "ok" && <Notice tone="success">{success}</Notice>}
          {typeof children === "function" ? children(state as S) : children}
        </form>
      </FormContext>
    </FieldIds>
  );
}
