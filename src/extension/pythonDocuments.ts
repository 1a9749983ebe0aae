/** @file Which documents are looked at. */
import type * as vscode from "vscode";

/** Python files and cells, saved or not. */
export const pythonDocuments: vscode.DocumentSelector = { language: "python" };
