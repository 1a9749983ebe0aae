/**
 * @file The Export menu: the table as it is shown, copied or saved.
 */
import { plural } from "../shared/channelTable.ts";
import type { SavedFile } from "../shared/savedFile.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { copyText, mostPngRows, pngOf, saveFile } from "./delivery.ts";
import type { Scale } from "./histogram.ts";
import type { MenuItem } from "./menu.ts";
import { pictureStyle, tablePicture } from "./tablePicture.ts";
import { type ExportedTable, fileName, tableCsv, tableMarkdown } from "./tableText.ts";
import type { ViewHost } from "./viewHost.ts";

/** What the menu works on, asked for when something is chosen. */
export interface ExportSource {
  readonly table: ExportedTable;
  /** The scale that all histograms share; null where each has its own. */
  readonly scale: Scale | null;
  /** The view, whose colours pictures take. */
  readonly view: Element;
}

/** @param say Tells the person, in a few words, what has been done. */
export function exportItems(
  source: () => ExportSource,
  host: ViewHost,
  say: (words: string) => void,
  strings: ViewStrings,
): readonly MenuItem[] {
  const copy = (made: (table: ExportedTable) => string) => () => {
    const { table } = source();
    const rows = plural(table.rows.length, strings.oneChannel, strings.manyChannels);
    copyText(made(table)).then(
      () => say(format(strings.copied, rows)),
      () => say(strings.copyFailed),
    );
  };
  const save = (extension: string, type: string, made: () => Made | Promise<Made>) => async () => {
    try {
      const name = fileName(source().table.payload, extension);
      saveFile({ name, type, content: await made() }, host);
      say(format(strings.fileMade, name));
    } catch {
      say(strings.pictureFailed);
    }
  };
  const picture = (mostRows?: number) => {
    const { table, scale, view } = source();
    return tablePicture(table, scale, pictureStyle(view), strings, mostRows);
  };
  return [
    { label: strings.copyCsv, choose: copy((table) => tableCsv(table, strings)) },
    { label: strings.copyMarkdown, choose: copy((table) => tableMarkdown(table, strings)) },
    {
      label: strings.saveCsv,
      separated: true,
      choose: save("csv", "text/csv", () => csvFile(tableCsv(source().table, strings))),
    },
    { label: strings.savePng, choose: save("png", "image/png", () => pngOf(picture(mostPngRows))) },
    { label: strings.saveSvg, choose: save("svg", "image/svg+xml", () => picture().svg) },
  ];
}

type Made = SavedFile["content"];

/** Spreadsheets take a file for UTF-8 where it begins with a mark; ASCII needs none. */
function csvFile(text: string): string {
  return /[^\n\x20-\x7e]/.test(text) ? `\ufeff${text}` : text;
}
