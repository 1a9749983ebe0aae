/** @file The names by which manifest, editor and saved notebooks know this extension's parts. */

export const extensionId = "batchnorm-lab.batchnorm-lab";

export const notebookType = "jupyter-notebook";

/** The controller's id, and `kernelspec.name` in notebooks that ran here. */
export const kernelId = "batchnorm-lab";

/** The kernel's name as people read it; not translated. */
export const kernelLabel = "BatchNorm Lab";

export const commands = {
  newNotebook: "batchnormLab.newNotebook",
  openTour: "batchnormLab.openTour",
  interruptKernel: "batchnormLab.interruptKernel",
  restartKernel: "batchnormLab.restartKernel",
  showChannelStatistics: "batchnormLab.showChannelStatistics",
  openPlayground: "batchnormLab.openPlayground",
  showVariables: "batchnormLab.showVariables",
  sortVariables: "batchnormLab.sortVariables",
  copyVariableAsCode: "batchnormLab.copyVariableAsCode",
  deleteVariable: "batchnormLab.deleteVariable",
  showArgumentReference: "batchnormLab.showArgumentReference",
  lookUpArgument: "batchnormLab.lookUpArgument",
  tryCall: "batchnormLab.tryCall",
  exportPythonScript: "batchnormLab.exportPythonScript",
  switchToPythonKernel: "batchnormLab.switchToPythonKernel",
  switchDocumentationLanguage: "batchnormLab.switchDocumentationLanguage",
} as const;

/** The scheme of pages about problems; the manifest says that such are shown as rendered Markdown. */
export const problemPages = "batchnorm-lab-problems";

/** The scheme of pages about calls, which their query names. */
export const callPages = "batchnorm-lab-call";

/** Commands that only links, lenses and light bulbs run. */
export const linkCommands = {
  showProblemCell: "batchnormLab.showProblemCell",
  explainCall: "batchnormLab.explainCall",
} as const;

export const settings = {
  /** In MiB. */
  memoryLimit: "batchnormLab.memoryLimit",
  documentationLanguage: "batchnormLab.documentation.language",
  channelHints: "batchnormLab.inlayHints.channels",
  torchMomentumHints: "batchnormLab.inlayHints.torchMomentum",
  diagnosticsEnabled: "batchnormLab.diagnostics.enabled",
  diagnosticsSeverity: "batchnormLab.diagnostics.severity",
  codeLens: "batchnormLab.codeLens.enabled",
} as const;

/** The memory limit where none is set, and the least that can be (MiB). */
export const defaultMemory = 4096;
export const leastMemory = 512;

/** The tree of variables. */
export const variablesView = "batchnormLab.variables";

/** Context keys that say when the tree is shown, and what it says while it is empty. */
export const contextKeys = {
  hasNotebook: "batchnormLab.hasNotebook",
  hasKernel: "batchnormLab.hasKernel",
} as const;

/** The argument reference's view type. */
export const referencePanel = "batchnormLab.reference";

/** The notebook renderer's id. */
export const channelsRenderer = "batchnorm-lab-channels";

/** The statistics panel's view type. */
export const channelsPanel = "batchnormLab.channels";

/** The playground's view type. */
export const playgroundPanel = "batchnormLab.playground";
