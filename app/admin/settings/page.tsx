import type { Metadata, Route } from "next";
import { PageHead } from "@/components/admin/page-head";
import { SettingsForm } from "@/components/admin/settings-form";
import { NotHere } from "@/components/layout/not-here";
import { Link } from "@/components/ui/link";
import { type Query, textOf } from "@/lib/domain/back-office";
import { countryList } from "@/lib/domain/country-list";
import { getSettingsForm } from "@/lib/queries/admin/settings";
import { enter, NoEntry } from "../staff";
import { formKey, UNDONE, undoOn } from "../undo";

export const instant = false;
export const metadata: Metadata = { title: "Settings" };

const DONE: Readonly<Record<string, string>> = {
  saved: "Saved. The shop shows it from now on.",
  undone: UNDONE,
};

export default async function AdminSettings({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from="/admin/settings" />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const [settings, undo] = await Promise.all([
    getSettingsForm(staff),
    undoOn(staff, query, { back: "/admin/settings", subjects: ["settings"] }),
  ]);
  return (
    <>
      <PageHead
        title="Settings"
        line={
          <>
            What the shop says about itself, and its rules. The policies stand under{" "}
            <Link href={"/admin/pages" as Route} className="link inline-flex min-h-6 items-center">
              Pages
            </Link>
            .{" "}
            <Link
              href={"/admin/audit?subject=settings&id=1" as Route}
              className="link inline-flex min-h-6 items-center"
            >
              What changed
            </Link>
          </>
        }
        done={DONE[textOf(query, "done")]}
        undo={undo}
      />
      <SettingsForm
        key={formKey(query)}
        settings={settings}
        countries={countryList}
        timeZones={Intl.supportedValuesOf("timeZone")}
      />
    </>
  );
}
