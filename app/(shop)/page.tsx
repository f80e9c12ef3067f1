import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { Gratings } from "@/components/ui/gratings";

export default function HomePage() {
  return (
    <section className="grid lg:min-h-[78vh] lg:grid-cols-[7fr_5fr]">
      <div className="flex flex-col justify-between gap-12 px-edge py-8 lg:py-16">
        <h1 className="text-hero font-[640] tracking-[-0.05em]">Two lines meet. A third appears.</h1>
        <div className="flex flex-wrap items-end justify-between gap-8">
          <p className="max-w-[38ch] text-l text-quiet">
            Prints, textiles and tableware drawn from interfering patterns. Every piece has a number; no two
            runs are alike.
          </p>
          <LinkButton href={"/search" as Route}>See the new run</LinkButton>
        </div>
      </div>
      <div className="grid aspect-square place-items-center bg-vermilion max-lg:order-first lg:aspect-auto">
        <Gratings className="size-2/3 text-dye-vermilion" />
      </div>
    </section>
  );
}
