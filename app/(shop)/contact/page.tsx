import type { Metadata } from "next";
import { ContactForm } from "@/components/content/contact-form";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Notice } from "@/components/ui/notice";
import { RequestKey } from "@/components/ui/request-key";
import { getStore } from "@/lib/queries/settings";
import { alternates } from "../alternates";

export const instant = false;

const summary = "A question, a fault, a number you have lost. A person reads it.";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: "Contact",
    description: summary,
    alternates: await alternates("/contact"),
    openGraph: { title: "Contact", description: summary, url: "/contact", images: ["/share.png"] },
  };
}

type Query = Record<string, string | string[] | undefined>;

export default async function ContactPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [{ sent, order }, store] = await Promise.all([searchParams, getStore()]);
  return (
    <div className="page pb-8">
      <div className="py-4">
        <Breadcrumb steps={[{ label: "Home", href: "/" }, { label: "Contact" }]} />
      </div>
      <header className="grid max-w-form gap-4 pt-8 pb-10 lg:pt-14">
        <h1 className="text-2xl">Write to us</h1>
        <p className="text-l text-quiet">{summary}</p>
      </header>
      <div className="max-w-form">
        {sent !== undefined && (
          <Notice tone="success" title="Your message is with us." className="mb-10">
            We answer to the address that you gave, usually on the same working day.
          </Notice>
        )}
        <ContactForm orderNumber={typeof order === "string" ? order.slice(0, 40) : undefined}>
          <RequestKey />
        </ContactForm>
        <p className="mt-10 border-t pt-6 text-s text-quiet">
          Or by mail:{" "}
          <a href={`mailto:${store.email}`} className="link">
            {store.email}
          </a>
        </p>
      </div>
    </div>
  );
}
