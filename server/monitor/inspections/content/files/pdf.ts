import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type FileText, MOST_TEXT } from './office.ts'

/* The text of a PDF, line by line: what stands far apart on one line is parted by tabs, as cells are. */

/** Pages that are read; a list of persons stands on the first. */
const MOST_PAGES = 60
/** So far below, in heights of the type, begins another line; so far to the right another cell. */
const NEW_LINE = 0.6
const NEW_CELL = 1.2

type Pdf = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
let loaded: Promise<{ pdf: Pdf; folder: string }> | null = null

/** It is large, and loaded by the first file that needs it. */
function load(): Promise<{ pdf: Pdf; folder: string }> {
  loaded ??= import('pdfjs-dist/legacy/build/pdf.mjs').then((pdf) => ({
    pdf,
    folder: dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')),
  }))
  return loaded
}

/** @returns `lockedFile` where it opens with a password only; null where it is none */
export async function textOfPdf(bytes: Uint8Array): Promise<FileText | 'lockedFile' | null> {
  const { pdf, folder } = await load()
  const task = pdf.getDocument({
    // It is handed over, and whoever gave it may want it still.
    data: Uint8Array.from(bytes),
    cMapUrl: `${join(folder, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(folder, 'standard_fonts')}/`,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    verbosity: 0,
  })
  try {
    const file = await task.promise
    const last = Math.min(file.numPages, MOST_PAGES)
    let text = ''
    for (let number = 1; number <= last && text.length < MOST_TEXT; number++) {
      const page = await file.getPage(number)
      const { items } = await page.getTextContent()
      text += linesOf(items.flatMap((item) => ('str' in item ? [item] : [])))
      page.cleanup()
    }
    return { text: text.slice(0, MOST_TEXT), isCut: last < file.numPages || text.length > MOST_TEXT }
  } catch (error) {
    return error instanceof Error && error.name === 'PasswordException' ? 'lockedFile' : null
  } finally {
    await task.destroy()
  }
}

interface Item {
  readonly str: string
  readonly transform: readonly number[]
  readonly width: number
  readonly height: number
  readonly hasEOL: boolean
}

function linesOf(items: readonly Item[]): string {
  let text = ''
  let before: Item | null = null
  for (const item of items) {
    if (item.str === '') {
      if (item.hasEOL) [text, before] = [`${text}\n`, null]
      continue
    }
    if (before) text += between(before, item)
    text += item.str
    before = item.hasEOL ? null : item
    if (item.hasEOL) text += '\n'
  }
  return `${text}\n`
}

function between(before: Item, item: Item): string {
  const [x = 0, y = 0] = item.transform.slice(4)
  const [fromX = 0, fromY = 0] = before.transform.slice(4)
  const size = Math.max(item.height, before.height, 1)
  if (Math.abs(y - fromY) > size * NEW_LINE) return '\n'
  return x - (fromX + before.width) > size * NEW_CELL ? '\t' : ''
}
