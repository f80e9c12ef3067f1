import { SubmitButton } from "@/components/ui/pending";
import { revokeOtherSessions, revokeSession } from "@/lib/actions/accounts";
import { Day } from "./day";

/** Where somebody is signed in, each with its way out. */
export function SessionList({
  sessions,
  currentId,
  timeZone,
}: {
  sessions: readonly { id: string; device: string; lastSeenAt: Date; createdAt: Date }[];
  currentId: string | undefined;
  timeZone: string;
}) {
  return (
    <>
      <ul className="border-t">
        {sessions.map(({ id, device, lastSeenAt, createdAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b py-3">
            <span className="grid">
              <span className="font-semibold">{device}</span>
              <span className="text-s text-quiet">
                {id === currentId ? (
                  "This device"
                ) : (
                  <>
                    Last seen <Day date={lastSeenAt} timeZone={timeZone} />
                  </>
                )}
                , since <Day date={createdAt} timeZone={timeZone} />
              </span>
            </span>
            <form action={revokeSession}>
              <input type="hidden" name="sessionId" value={id} />
              <SubmitButton look="line" small>
                <span>
                  Sign out<span className="sr-only"> {device}</span>
                </span>
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form action={revokeOtherSessions} className="mt-4">
          <SubmitButton look="line" small>
            Sign out everywhere else
          </SubmitButton>
        </form>
      )}
    </>
  );
}
