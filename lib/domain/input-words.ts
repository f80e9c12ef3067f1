/** What is wrong with a field, in words, where its own rule has none: a form never answers with a schema's own text. */
import type { z } from "zod";

const counted = (count: number | bigint): string => count.toLocaleString("en");

/** For `safeParse(input, { error: inputWords })`; a message of the rule itself goes first. */
export const inputWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "too_big")
    return issue.origin === "string"
      ? `At most ${counted(issue.maximum)} characters.`
      : `At most ${counted(issue.maximum)}.`;
  if (issue.code === "too_small") {
    if (issue.origin !== "string") return `At least ${counted(issue.minimum)}.`;
    return issue.minimum === 1 ? EMPTY : `At least ${counted(issue.minimum)} characters.`;
  }
  if (issue.code === "invalid_type") {
    if (issue.input === undefined || issue.input === "") return EMPTY;
    if (issue.expected === "int") return "Please enter a whole number.";
    if (issue.expected === "number") return "Please enter a number.";
  }
  return "Please look at this again.";
};

const EMPTY = "Please fill this in.";
