/**
 * @file Photographs the packaged extension in the real workbench:
 *
 *     npm run photograph -- FILE [--to out.png] [--theme NAME] [--run] [--command TITLE] [--reveal CSS]
 *                           [--width 1280] [--height 900] [--locale zh-CN] [--language zh-cn]
 *
 * Opens the file, runs its cells with `--run`, then a command by its title, then scrolls the notebook
 * to the first element that matches `--reveal`.
 */
import { parseArgs } from "node:util";
import { themes, Workbench } from "./workbench.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: "string", default: ".cache/photograph.png" },
    theme: { type: "string", default: themes.dark },
    run: { type: "boolean", default: false },
    command: { type: "string" },
    reveal: { type: "string" },
    width: { type: "string", default: "1280" },
    height: { type: "string", default: "900" },
    locale: { type: "string", default: "en-US" },
    language: { type: "string" },
  },
});

const workbench = await Workbench.start({
  theme: values.theme,
  width: Number(values.width),
  height: Number(values.height),
  locale: values.locale,
  language: values.language,
});
try {
  await workbench.open(positionals[0]);
  if (values.run) await workbench.runAllCells();
  if (values.command) await workbench.command(values.command);
  if (values.reveal) await workbench.scrollTo(values.reveal);
  // Themes, fonts and outputs settle after the last of them is there.
  await workbench.page.waitForTimeout(1500);
  await workbench.photograph(values.to);
  console.log(values.to);
} catch (error) {
  await workbench.photograph(values.to);
  console.error(`It came only to what ${values.to} shows`);
  throw error;
} finally {
  await workbench.close();
}
