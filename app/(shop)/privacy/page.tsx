import type { Metadata } from "next";
import { TextPage, textMetadata } from "../text-page";

export const generateMetadata = (): Promise<Metadata> => textMetadata("privacy");

export default function PrivacyPage() {
  return <TextPage name="privacy" />;
}
