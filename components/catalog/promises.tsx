/** What the shop promises, in a row between hairlines. */
export function Promises({ promises }: { promises: readonly { title: string; text: string }[] }) {
  return (
    <section aria-label="What we promise" className="mt-24 border-t border-b lg:mt-32">
      <ul className="mx-auto grid max-w-page grid-cols-2 lg:grid-cols-4">
        {promises.map(({ title, text }) => (
          <li
            key={title}
            className="border-line px-edge py-6 odd:border-r max-lg:nth-[n+3]:border-t lg:border-r lg:py-10 lg:last:border-r-0"
          >
            <p className="font-semibold">{title}</p>
            <p className="text-s text-quiet">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
