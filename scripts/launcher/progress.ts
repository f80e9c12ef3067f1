/** What the launcher shows while it works: one line a step, with a spinner where a person is watching. */

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

export type Step = { note: (text: string) => void };

export type Progress = {
  /** Runs a step under a title; `note` shows how far it is. The line stays with the time that it took. */
  step: <T>(title: string, work: (step: Step) => Promise<T>) => Promise<T>;
  /** One line of its own. */
  say: (text: string) => void;
};

/** Progress on standard output; `quiet` shows nothing but failures. */
export function createProgress(quiet = false): Progress {
  const tty = process.stdout.isTTY === true;
  const write = (text: string) => {
    if (!quiet) process.stdout.write(text);
  };
  return {
    say: (text) => write(`  ${text}\n`),
    async step(title, work) {
      const begun = performance.now();
      let note = "";
      let frame = 0;
      const draw = () =>
        write(
          `\r\x1b[2K  ${FRAMES[frame++ % FRAMES.length]} ${title}${note ? ` · ${note}` : ""}`.slice(
            0,
            width(),
          ),
        );
      const spinner = tty && !quiet ? setInterval(draw, 80) : undefined;
      // Compilers are silent for minutes.
      const silent = tty ? undefined : setTimeout(() => step.note("a few minutes"), 6_000);
      let lastLine = begun;
      const step: Step = {
        note(text) {
          note = text;
          // In a log file a line now and then shows that it goes on.
          clearTimeout(silent);
          if (tty || performance.now() - lastLine < 5_000) return;
          lastLine = performance.now();
          write(`  … ${title} · ${text}\n`);
        },
      };
      try {
        const result = await work(step);
        write(
          `${tty ? "\r\x1b[2K" : ""}  ✓ ${title}${note ? ` · ${note}` : ""} (${seconds(performance.now() - begun)})\n`,
        );
        return result;
      } catch (error) {
        write(`${tty ? "\r\x1b[2K" : ""}  ✗ ${title}\n`);
        throw error;
      } finally {
        clearInterval(spinner);
        clearTimeout(silent);
      }
    },
  };
}

/** Milliseconds as people read them. */
export function seconds(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

function width(): number {
  return (process.stdout.columns ?? 120) + 6;
}
