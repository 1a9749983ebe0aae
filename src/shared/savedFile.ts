/** @file A file on its way from a page to where a person keeps it. */

/** A file that a person asked for. */
export interface SavedFile {
  /** With its extension. */
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}
