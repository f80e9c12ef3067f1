/** The first thing that the keyboard meets. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="button button-filled sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-30 focus:px-6 focus:py-3"
    >
      Skip to the content
    </a>
  );
}
