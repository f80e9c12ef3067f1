import { Notice } from "@/components/ui/notice";

const words: Readonly<Record<string, string>> = {
  address: "It goes to the new address.",
  return: "We have your wish to send it back, and answer by mail.",
  withdrawn: "You keep it; the return is withdrawn.",
};

/** What the form that led here did. */
export function OrderDone({ done }: { done: string | string[] | undefined }) {
  const said = typeof done === "string" ? words[done] : undefined;
  return said ? (
    <Notice tone="success" className="mt-6">
      {said}
    </Notice>
  ) : null;
}
