import type { Metadata } from "next";
import { TextPage, textMetadata } from "../text-page";

export const generateMetadata = (): Promise<Metadata> => textMetadata("about");

export default function AboutPage() {
  return <TextPage name="about" />;
}
