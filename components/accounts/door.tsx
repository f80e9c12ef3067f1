import type { ReactNode } from "react";
import { Gratings } from "@/components/ui/gratings";

/** The page around signing in and up: the form left, the brand's figure beside it where there is room. */
export function Door({ title, intro, children }: { title: string; intro?: ReactNode; children: ReactNode }) {
  return (
    <div className="split">
      <div className="w-full max-w-form px-edge py-10 lg:justify-self-center lg:py-20">
        <h1 className="text-xl">{title}</h1>
        {intro && <div className="mt-3 max-w-read text-quiet">{intro}</div>}
        <div className="mt-8">{children}</div>
      </div>
      <div className="hidden place-items-center overflow-hidden border-l bg-raised p-12 text-quiet lg:grid">
        <Gratings className="w-full max-w-96" />
      </div>
    </div>
  );
}
