import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'

/** How wide a picture is on its sheet, and how many stand in a row. */
const FORMS = { wide: { width: 620, columns: 3 }, tall: { width: 260, columns: 7 } } as const
/** So many on one sheet that each can still be judged. */
const MOST = { wide: 12, tall: 14 } as const

/**
 * Puts pictures side by side, each under its name.
 * @param files PNGs in `folder`.
 * @returns the sheets' file names: `sheet-<name>-1.png`, …
 */
export async function contactSheets(
  browser: Browser,
  folder: string,
  name: string,
  files: readonly string[],
  form: keyof typeof FORMS,
): Promise<string[]> {
  const { width, columns } = FORMS[form]
  const sheets: string[] = []
  const draft = join(folder, 'sheet.html')
  const page = await browser.newPage({ viewport: { width: columns * (width + 12) + 12, height: 400 } })
  for (let from = 0; from < files.length; from += MOST[form]) {
    const figures = files
      .slice(from, from + MOST[form])
      .map((file) => `<figure><figcaption>${file}</figcaption><img src="${encodeURI(file)}"></figure>`)
    const style = `body { display: grid; grid-template-columns: repeat(${columns}, ${width}px); gap: 12px; margin: 12px;
      background: #777; font: 14px sans-serif } figure { margin: 0 } img { width: 100%; display: block }`
    writeFileSync(draft, `<meta charset="utf-8"><style>${style}</style>${figures.join('')}`)
    await page.goto(pathToFileURL(draft).href)
    const sheet = `sheet-${name}-${sheets.length + 1}.png`
    await page.screenshot({ path: join(folder, sheet), fullPage: true })
    sheets.push(sheet)
  }
  rmSync(draft, { force: true })
  await page.close()
  return sheets
}
