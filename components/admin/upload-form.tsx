"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";

/** Sends a file to a route that leads on; with scripts one sees how far it has come. */
export function UploadForm({
  action,
  label,
  hint,
  button,
  problem,
  children,
}: {
  action: string;
  label: string;
  hint: string;
  button: string;
  /** What was wrong with the file before. */
  problem?: string | undefined;
  children?: ReactNode;
}) {
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setFailed(false);
    setShare(0);
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.upload.onprogress = ({ loaded, total }) => setShare(total > 0 ? loaded / total : 0);
    // The answer is a redirect that was followed: what counts is where it led.
    request.onload = () => {
      if (request.status < 400) window.location.assign(request.responseURL);
      else fail();
    };
    const fail = () => {
      setFailed(true);
      setShare(null);
    };
    request.onerror = fail;
    request.send(new FormData(event.currentTarget));
  }

  const told = failed ? "The file did not arrive. Please try again." : problem;
  return (
    <form
      action={action}
      method="post"
      encType="multipart/form-data"
      onSubmit={send}
      className="grid max-w-form gap-4"
    >
      {told && <Notice tone="error">{told}</Notice>}
      <Field id="file" label={label} hint={hint}>
        <input
          id="file"
          name="file"
          type="file"
          required
          accept=".csv,.tsv,.txt,text/csv"
          aria-describedby="file-hint"
          className="control py-2"
        />
      </Field>
      {children}
      <div className="flex flex-wrap items-center gap-4">
        <button type="submit" className="button button-filled button-small" aria-disabled={share !== null}>
          {button}
        </button>
        <p role="status" className="num text-s text-quiet">
          {share !== null && `${Math.round(share * 100)} % sent`}
        </p>
      </div>
    </form>
  );
}
