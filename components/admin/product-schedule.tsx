import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { scheduleProduct } from "@/lib/actions/admin/catalog-schedule";
import { fieldMoment } from "@/lib/domain/moments-input";
import type { ProductForm } from "@/lib/queries/admin/products";
import { Panel } from "./page-head";

/** When the product goes into the shop and out of it by itself. */
export function ProductSchedule({ product, timeZone }: { product: ProductForm; timeZone: string }) {
  const { id, version, status, publishAt, unpublishAt } = product;
  const moment = (at: number | null) => fieldMoment(at === null ? null : new Date(at), timeZone);
  return (
    <Panel title="Schedule" id="schedule">
      <ActionForm
        action={scheduleProduct}
        label="Schedule"
        idPrefix={`schedule-${id}-`}
        className="grid gap-4"
      >
        <input type="hidden" name="productId" value={id} />
        <VersionField version={version} />
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-4">
          {status !== "active" && (
            <TextInput
              name="publishAt"
              label="Into the shop"
              type="datetime-local"
              defaultValue={moment(publishAt)}
              optional
            />
          )}
          <TextInput
            name="unpublishAt"
            label="Out of the shop"
            type="datetime-local"
            defaultValue={moment(unpublishAt)}
            optional
          />
        </div>
        <p className="-mt-2 text-s text-quiet">
          On the clock of {timeZone.replaceAll("_", " ")}. Empty fields end it; so does changing the status by
          hand.
        </p>
        <SubmitButton look="line" small className="justify-self-start">
          Keep the schedule
        </SubmitButton>
      </ActionForm>
    </Panel>
  );
}
