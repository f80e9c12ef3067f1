import { ActionForm } from "@/components/ui/action-form";
import { StatusDot } from "@/components/ui/badge";
import { TextInput } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/pending";
import { beginSecondFactor, confirmSecondFactor, endSecondFactor } from "@/lib/actions/second-factor";
import type { SecondFactor } from "@/lib/queries/second-factor";
import { QrCode } from "./qr-code";
import { RecoveryCodes } from "./recovery-codes";

/** A code as the app shows it. At the door a recovery code will do, too. */
export function CodeInput({
  hint,
  label = "Code",
  isOfApp = false,
}: {
  hint?: string;
  label?: string;
  /** Six digits and nothing else. */
  isOfApp?: boolean;
}) {
  return (
    <TextInput
      name="code"
      label={label}
      hint={hint}
      autoComplete="one-time-code"
      autoCapitalize="none"
      inputMode={isOfApp ? "numeric" : undefined}
      spellCheck={false}
      maxLength={40}
      className="max-w-60"
    />
  );
}

/** The second factor of one's own account: off, being set up, or on. */
export function SecondFactorPanel({ factor, isAsked }: { factor: SecondFactor; isAsked: boolean }) {
  const { isOn, key } = factor;
  return (
    <div className="grid gap-6">
      <p className="text-quiet">
        A code from an app on your phone, asked after your password. Whoever has your password alone stays
        outside.
      </p>
      {isAsked && (
        <Notice title="The back office waits for it.">
          This shop asks its staff for a second factor. Set it up here, then go on.
        </Notice>
      )}
      <p>
        <StatusDot tone={isOn ? "good" : "quiet"}>{isOn ? "On" : key ? "Being set up" : "Off"}</StatusDot>
      </p>
      {/* One form at one place, so that its answer, the recovery codes, is shown without scripts, too. */}
      <ActionForm
        action={confirmSecondFactor}
        label="Turn on the second factor"
        className="grid gap-5"
        idPrefix="on-"
      >
        <RecoveryCodes isOn={isOn}>
          {key && (
            <>
              <QrCode text={key.uri} label="The key for your app, as a picture for its camera" />
              <p className="text-s">
                Scan it with an app for such codes, or type the key by hand:
                <br />
                <code className="num mt-1 inline-block font-semibold wrap-anywhere">{key.text}</code>
              </p>
              <CodeInput label="The code that the app shows now" isOfApp />
              <SubmitButton className="justify-self-start">Turn it on</SubmitButton>
            </>
          )}
        </RecoveryCodes>
      </ActionForm>
      {!isOn && (
        <form action={beginSecondFactor}>
          <SubmitButton look="line" small={Boolean(key)}>
            {key ? "Make another key" : "Set it up"}
          </SubmitButton>
        </form>
      )}
      {isOn && <TurnOff factor={factor} />}
    </div>
  );
}

function TurnOff({ factor: { recoveryLeft, hasPassword } }: { factor: SecondFactor }) {
  return (
    <>
      <p className="text-s text-quiet">
        {recoveryLeft} of 10 recovery codes left. For new ones turn it off and on again.
      </p>
      <details>
        <summary className="link inline-flex min-h-6 items-center text-signal">Turn it off</summary>
        <ActionForm
          action={endSecondFactor}
          label="Turn off the second factor"
          className="mt-4 grid max-w-form gap-5"
          idPrefix="off-"
        >
          {hasPassword && (
            <TextInput
              name="password"
              label="Your password"
              type="password"
              autoComplete="current-password"
            />
          )}
          <CodeInput hint="From the app, or a recovery code." />
          <SubmitButton look="line" className="justify-self-start">
            Turn it off
          </SubmitButton>
        </ActionForm>
      </details>
    </>
  );
}
