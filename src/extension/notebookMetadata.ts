/**
 * @file Which kernel a notebook names, in the form that the built-in `.ipynb` serializer reads and
 * writes: the file's own metadata is the entry `metadata` of the document's.
 */
import { kernelId, kernelLabel } from "./identity.ts";

type Json = Readonly<Record<string, unknown>>;

const kernelspec = { name: kernelId, display_name: kernelLabel, language: "python" };

const languageInfo = {
  name: "python",
  file_extension: ".py",
  mimetype: "text/x-python",
  pygments_lexer: "ipython3",
};

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fileMetadata(document: Json): Json {
  return isRecord(document.metadata) ? document.metadata : {};
}

/** True where the file asks for this kernel. */
export function namesOurKernel(document: Json): boolean {
  const { kernelspec: spec } = fileMetadata(document);
  return isRecord(spec) && spec.name === kernelId;
}

/** The document's metadata, its file's naming this kernel; all else as it was. */
export function withOurKernel(document: Json): Record<string, unknown> {
  return {
    ...document,
    metadata: { ...fileMetadata(document), kernelspec, language_info: languageInfo },
  };
}

const pythonKernelspec = { name: "python3", display_name: "Python 3", language: "python" };

/** The document's metadata, its file's naming Python's own kernel; all else as it was. */
export function withPythonKernel(document: Json): Record<string, unknown> {
  const file = fileMetadata(document);
  return {
    ...document,
    metadata: { language_info: { name: "python" }, ...file, kernelspec: pythonKernelspec },
  };
}

/** The metadata of a notebook that starts with this kernel. */
export function newMetadata(): Record<string, unknown> {
  return withOurKernel({ nbformat: 4, nbformat_minor: 5 });
}
