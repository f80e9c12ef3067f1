import type { Metadata } from "next";
import { TextPage, textMetadata } from "../text-page";

export const generateMetadata = (): Promise<Metadata> => textMetadata("terms");

export default function TermsPage() {
  return <TextPage name="terms" />;
}
