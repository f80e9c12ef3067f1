import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { backdropOf, Picture } from "@/components/ui/picture";
import { VersionField } from "@/components/ui/version-field";
import {
  addPictures,
  describePicture,
  movePicture,
  removePicture,
} from "@/lib/actions/admin/catalog-pictures";
import { LIMITS } from "@/lib/domain/catalog-limits";
import type { Option } from "@/lib/domain/catalog-options";
import { orderWord } from "@/lib/domain/list-order";
import type { ProductPicture } from "@/lib/queries/admin/products";
import { Panel } from "./page-head";
import { PictureDrop } from "./picture-drop";
import { SortableList } from "./sortable-list";

/** The pictures of a product: added, described, put in order, taken away. The first is the one on cards. */
export function ProductPictures({
  productId,
  images,
  options,
}: {
  productId: string;
  images: readonly ProductPicture[];
  options: readonly Option[];
}) {
  const order = orderWord(images);
  return (
    <Panel title="Pictures" id="pictures">
      {images.length > 0 && (
        <SortableList
          action={movePicture}
          fields={{ productId, order }}
          itemField="imageId"
          className="mb-5 grid"
        >
          {images.map((image, i) => (
            <li
              key={image.id}
              data-item={image.id}
              draggable
              className="grid grid-cols-[5rem_minmax(0,1fr)] gap-4 border-b py-3"
            >
              <div>
                <Picture
                  src={`/media/${image.key}`}
                  alt=""
                  sizes="5rem"
                  backdrop={backdropOf(image.backdrop)}
                />
                {i === 0 && <p className="mt-1 text-s text-quiet">On cards</p>}
              </div>
              <PictureForms
                productId={productId}
                image={image}
                order={order}
                place={i}
                last={images.length - 1}
                options={options}
              />
            </li>
          ))}
        </SortableList>
      )}
      <ActionForm action={addPictures} label="Add pictures" idPrefix={`new-${productId}-`}>
        <input type="hidden" name="productId" value={productId} />
        <PictureDrop>
          <TextInput name="alt" label="What they show" maxLength={LIMITS.alt} optional />
          <SubmitButton look="line" small className="justify-self-start">
            Add pictures
          </SubmitButton>
        </PictureDrop>
      </ActionForm>
    </Panel>
  );
}

function PictureForms({
  productId,
  image,
  order,
  place,
  last,
  options,
}: {
  productId: string;
  image: ProductPicture;
  order: string;
  place: number;
  last: number;
  options: readonly Option[];
}) {
  const ids = (
    <>
      <input type="hidden" name="productId" value={productId} />
      <input type="hidden" name="imageId" value={image.id} />
    </>
  );
  const which = `picture ${place + 1}`;
  return (
    <div className="grid content-start gap-2">
      <ActionForm
        id={`words-${image.id}`}
        action={describePicture}
        label={`Words for ${which}`}
        idPrefix={`alt-${image.id}-`}
      >
        {ids}
        <VersionField version={image.version} />
        <div className="flex flex-wrap items-end gap-2">
          <TextInput
            name="alt"
            label="What it shows"
            defaultValue={image.alt}
            maxLength={LIMITS.alt}
            required={false}
            className="grow"
          />
          {options.length > 0 && (
            <Select
              name="valueId"
              label="Shown for"
              defaultValue={image.valueId ?? ""}
              required={false}
              className="max-w-40"
            >
              <option value="">All</option>
              {options.map(({ id, name, values }) => (
                <optgroup key={id} label={name}>
                  {values.map((value) => (
                    <option key={value.id} value={value.id}>
                      {value.value}
                    </option>
                  ))}
                </optgroup>
              ))}
            </Select>
          )}
          <SubmitButton look="line" small>
            Keep<span className="sr-only"> the words for {which}</span>
          </SubmitButton>
        </div>
      </ActionForm>
      <div className="flex flex-wrap gap-x-4">
        {[
          { to: place - 1, label: "Earlier", isOff: place === 0 },
          { to: place + 1, label: "Later", isOff: place === last },
        ].map(
          ({ to, label, isOff }) =>
            !isOff && (
              <ActionForm
                key={label}
                id={`${label}-${image.id}`}
                action={movePicture}
                label={`${label}: ${which}`}
              >
                {ids}
                <input type="hidden" name="to" value={to} />
                <input type="hidden" name="order" value={order} />
                <SubmitButton look="quiet" small>
                  {label}
                  <span className="sr-only"> {which}</span>
                </SubmitButton>
              </ActionForm>
            ),
        )}
        <ActionForm action={removePicture} label={`Remove ${which}`}>
          {ids}
          <VersionField version={image.version} />
          <SubmitButton look="quiet" small>
            Remove<span className="sr-only"> {which}</span>
          </SubmitButton>
        </ActionForm>
      </div>
    </div>
  );
}
