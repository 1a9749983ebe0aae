/**
 * @file uPlot's own style sheet, for the trees that plots stand in.
 */
import css from "uplot/dist/uPlot.min.css";

let sheet: CSSStyleSheet | null = null;

export function plotStyle(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}
