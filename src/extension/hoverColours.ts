/** @file The colours of pictures in hovers, by the theme. */
import * as vscode from "vscode";
import type { HoverColours } from "./valueHover.ts";

/** Colours that stand out from the theme's hovers. */
export function hoverColours(): HoverColours {
  switch (vscode.window.activeColorTheme.kind) {
    case vscode.ColorThemeKind.Light:
      return { bars: "#1a7fc4", text: "#444444" };
    case vscode.ColorThemeKind.HighContrastLight:
      return { bars: "#0f4a85", text: "#000000" };
    case vscode.ColorThemeKind.HighContrast:
      return { bars: "#6fc3df", text: "#ffffff" };
    default:
      return { bars: "#4daafc", text: "#bbbbbb" };
  }
}
