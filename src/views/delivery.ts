/**
 * @file Out of the view: to the clipboard, to a file, and from a drawing to an image.
 */
import type { SavedFile } from "../shared/savedFile.ts";
import { html } from "./dom.ts";
import type { TablePicture } from "./tablePicture.ts";
import type { ViewHost } from "./viewHost.ts";

/** @throws {Error} Where the browser lets no script write to the clipboard. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Frames without the permission still copy what is selected.
    copySelection(text);
  }
}

function copySelection(text: string): void {
  const area = html("textarea", { "aria-hidden": "true", tabindex: -1 });
  area.value = text;
  Object.assign(area.style, { position: "fixed", top: "0", left: "0", opacity: "0" });
  const before = deepestFocus();
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  before?.focus({ preventScroll: true });
  if (!copied) throw new Error("The browser refused to copy");
}

/** What has the focus, also in a shadow tree. */
function deepestFocus(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused as HTMLElement | null;
}

/** Hands a file to the place that the view is in, or else to the browser as a download. */
export function saveFile(file: SavedFile, host: ViewHost): void {
  if (host.save) {
    host.save(file);
    return;
  }
  const url = URL.createObjectURL(new Blob([file.content], { type: file.type }));
  // In the document, for the notebook turns clicks on links to blobs into a save dialog.
  const link = html("a", { href: url, download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
  // Whoever heard the click reads the blob after it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Pixels of an image for each of the drawing's. */
const density = 2;
/** Pixels that a side of a canvas may have in every browser. */
const longestSide = 16_384;
/** Rows that fit into a PNG beside its heading and its notes. */
export const mostPngRows = Math.floor((longestSide / density - 600) / 24);

/** @throws {Error} Where the browser cannot draw it. */
export async function pngOf({
  svg,
  width,
  height,
}: TablePicture): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  // A data URL: the pages' policy lets pictures come from nowhere else.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = html("canvas", {
    width: Math.min(longestSide, width * density),
    height: Math.min(longestSide, height * density),
  });
  canvas.getContext("2d")!.drawImage(image, 0, 0, width * density, height * density);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("The browser could not draw the picture");
  return new Uint8Array(await blob.arrayBuffer());
}
