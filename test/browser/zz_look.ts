import { Workbench, themes } from "./workbench.ts";
const only = process.argv[2];
for (const [key, theme] of Object.entries(themes)) {
  if (only && !only.split(",").includes(key)) continue;
  const wb = await Workbench.start({ theme, width: 1280, height: 860, locale: process.argv[3] ?? "en-US" });
  try {
    await wb.open("/tmp/vars/demo.ipynb");
    await wb.runAllCells();
    const page = wb.page;
    await wb.command("BatchNorm: Show Variables");
    await page.waitForTimeout(2000);
    await page.getByRole("treeitem", { name: /^bn:/ }).first().click({position:{x:12,y:10}}).catch((e)=>console.log(String(e)));
    await page.waitForTimeout(500);
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(1000);
    await page.getByRole("treeitem", { name: /^x:/ }).first().hover();
    await page.waitForTimeout(1800);
    await wb.photograph(`/tmp/vars/tree-${key}.png`);
    // hover on x in the last cell
    const word = page.locator(".notebookOverlay .view-line span:text-matches('^x')").last();
    await word.hover({ position: { x: 4, y: 8 } });
    await page.waitForTimeout(2500);
    await wb.photograph(`/tmp/vars/hover-${key}.png`);
    await page.mouse.move(2, 2);
    await page.locator(".notebookOverlay .view-line", { hasText: "x.mean()" }).last().click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("np.random.", { delay: 60 });
    await page.waitForTimeout(2500);
    await page.keyboard.type("no", { delay: 60 });
    await page.waitForTimeout(800);
    await page.keyboard.press("Control+Space");
    await page.waitForTimeout(1200);
    await wb.photograph(`/tmp/vars/complete-${key}.png`);
    await page.keyboard.press("Escape");
    for (let i = 0; i < 12; i++) await page.keyboard.press("Backspace");
    await page.keyboard.type("np.mean(x, ", { delay: 60 });
    await page.waitForTimeout(1500);
    await wb.photograph(`/tmp/vars/sign-${key}.png`);
  } finally { await wb.close(); }
}
