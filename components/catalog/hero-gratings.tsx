const lines = Array.from({ length: 121 }, (_, i) => -300 + i * 10);

/** Strips that notice where the pointer is: the second grating follows by a few pixels, without a script. */
const strips = [0, 1, 2, 3, 4];
const drift = [
  "group-has-[[data-strip='0']:hover]/hero:[transform:rotate(9deg)_translateX(-8px)]",
  "group-has-[[data-strip='1']:hover]/hero:[transform:rotate(9deg)_translateX(-4px)]",
  "group-has-[[data-strip='3']:hover]/hero:[transform:rotate(9deg)_translateX(4px)]",
  "group-has-[[data-strip='4']:hover]/hero:[transform:rotate(9deg)_translateX(8px)]",
].join(" ");

/** Two large gratings a few degrees apart, behind the object: the house's figure at the size of the wall. */
export function HeroGratings() {
  const grating = (
    <path d={lines.map((x) => `M${x} -300V900`).join("")} stroke="currentColor" strokeWidth="3.2" />
  );
  return (
    <>
      <svg
        viewBox="0 0 600 600"
        preserveAspectRatio="xMidYMid slice"
        className="pointer-events-none absolute inset-0 size-full text-ink opacity-[0.07]"
        aria-hidden="true"
      >
        <g className="origin-center rotate-[4deg]">{grating}</g>
        <g
          className={`origin-center rotate-[9deg] transition-transform duration-200 ease-out motion-reduce:transition-none ${drift}`}
        >
          {grating}
        </g>
      </svg>
      <div className="absolute inset-0 z-10 hidden grid-cols-5 motion-safe:lg:grid" aria-hidden="true">
        {strips.map((strip) => (
          <span key={strip} data-strip={strip} />
        ))}
      </div>
    </>
  );
}
