import { SubmitButton } from "@/components/ui/pending";
import { signInWith } from "@/lib/actions/accounts";

/** The ways in through an account elsewhere; nothing where none is set up. */
export function ProviderButtons({
  providers,
  callbackUrl,
}: {
  providers: readonly { id: string; name: string }[];
  callbackUrl: string;
}) {
  if (providers.length === 0) return null;
  return (
    <div className="mt-8 grid gap-3 border-t pt-8">
      {providers.map(({ id, name }) => (
        <form key={id} action={signInWith}>
          <input type="hidden" name="provider" value={id} />
          <input type="hidden" name="callbackUrl" value={callbackUrl} />
          <SubmitButton look="line" className="w-full">
            Continue with {name}
          </SubmitButton>
        </form>
      ))}
    </div>
  );
}
