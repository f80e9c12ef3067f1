import { ActionForm } from "@/components/ui/action-form";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { SubmitButton } from "@/components/ui/pending";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { giveUpJob, retryJob } from "@/lib/actions/admin/engine-room";
import { type JobState, jobViewLabel } from "@/lib/domain/engine-room";
import { momentText, shortMoment } from "@/lib/domain/moments";
import type { JobRow, RegularJob } from "@/lib/queries/admin/jobs";
import { When } from "./cells";

const tones: Record<JobState, Tone> = {
  failed: "signal",
  retrying: "ink",
  running: "focus",
  waiting: "quiet",
};

/** The columns of the list that may be hidden. */
export const jobColumns = [
  { key: "state", label: "State" },
  { key: "tries", label: "Tries" },
  { key: "since", label: "Since" },
  { key: "due", label: "Due" },
] as const;

/** Jobs, a row each, with what can be done about them. */
export function JobTable({
  rows,
  now,
  timeZone,
  back,
  cols,
  sorting,
}: {
  rows: readonly JobRow[];
  now: Date;
  timeZone: string;
  /** The list's own address. */
  back: string;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<JobRow>[] = [
    {
      key: "name",
      head: "Job",
      sort: "name",
      phone: "title",
      cell: ({ name, key, lastError }) => (
        <>
          {name} {key && <span className="num text-s font-normal wrap-anywhere text-quiet">{key}</span>}
          {lastError && (
            <details className="text-s font-normal">
              <summary className="line-clamp-1 min-h-6 max-w-read cursor-pointer text-signal">
                {lastError}
              </summary>
              <pre className="max-h-72 max-w-read overflow-auto font-text whitespace-pre-wrap wrap-anywhere">
                {lastError}
              </pre>
            </details>
          )}
        </>
      ),
    },
    {
      key: "state",
      head: "State",
      phone: "end",
      cell: ({ state }) => (
        <span className="whitespace-nowrap">
          <StatusDot tone={tones[state]}>{jobViewLabel[state]}</StatusDot>
        </span>
      ),
    },
    {
      key: "tries",
      head: "Tries",
      sort: "tries",
      sortFirst: "desc",
      phone: "none",
      number: true,
      cell: ({ attempts, maxAttempts }) => `${attempts} of ${maxAttempts}`,
    },
    {
      key: "since",
      head: "Since",
      sort: "since",
      sortFirst: "desc",
      phone: "none",
      wide: true,
      cell: ({ createdAt }) => <When at={createdAt} now={now} timeZone={timeZone} />,
    },
    {
      key: "due",
      head: "Due",
      sort: "due",
      phone: "metaEnd",
      cell: ({ runAt }) => (
        <time dateTime={runAt.toISOString()} className="num whitespace-nowrap text-quiet">
          {runAt > now ? momentText(runAt, timeZone) : shortMoment(runAt, now, timeZone)}
        </time>
      ),
    },
    {
      key: "do",
      head: <span className="sr-only">What to do</span>,
      phone: "meta",
      cell: (job) => job.attempts > 0 && job.state !== "running" && <JobForms job={job} back={back} />,
    },
  ];
  return (
    <Table
      caption="Jobs"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: jobColumns.map(({ key }) => key) }}
    />
  );
}

function JobForms({ job, back }: { job: JobRow; back: string }) {
  const called = `${job.name} ${job.key ?? job.id}`;
  return (
    <div className="flex flex-wrap gap-2 md:justify-end">
      <ActionForm action={retryJob} label={`Run ${called} now`}>
        <input type="hidden" name="jobId" value={job.id} />
        <input type="hidden" name="back" value={back} />
        <SubmitButton look="line" small>
          Run now
        </SubmitButton>
      </ActionForm>
      <ActionForm action={giveUpJob} label={`Give up ${called}`}>
        <input type="hidden" name="jobId" value={job.id} />
        <input type="hidden" name="back" value={back} />
        <SubmitButton look="quiet" small>
          Give up
        </SubmitButton>
      </ActionForm>
    </div>
  );
}

/** What time starts, with its last run. */
export function RegularJobs({
  jobs,
  now,
  timeZone,
}: {
  jobs: readonly RegularJob[];
  now: Date;
  timeZone: string;
}) {
  return (
    <ul className="border-t">
      {jobs.map(({ name, lastRun }) => (
        <li key={name} className="flex justify-between gap-4 border-b py-2">
          <span className="wrap-anywhere">{name}</span>
          {lastRun ? (
            <time dateTime={lastRun.toISOString()} className="num text-quiet">
              {shortMoment(lastRun, now, timeZone)}
            </time>
          ) : (
            <span className="text-quiet">not yet</span>
          )}
        </li>
      ))}
    </ul>
  );
}
