import { strToU8, Zip, ZipDeflate } from 'fflate'
import { DAY } from '../../../shared/base/time.ts'
import { wallOf } from '../../../shared/base/zone.ts'
import { xmlText } from './xml-text.ts'

/*
 * A workbook, written sheet by sheet and row by row: a register of a nation would fill the memory, and hold up everybody
 * while it is put together at once. Every cell is a text, a number or a day, and none a formula.
 */

export type WorkbookCell = string | number | null

/** How the cells of a column are read: shares from 0 to 1, days YYYY-MM-DD, instants ISO 8601. Numbers stay numbers in a column of texts. */
export type CellType = 'text' | 'number' | 'percent' | 'day' | 'time'

export interface WorkbookColumn {
  readonly label: string
  readonly type?: CellType
  /** In signs. */
  readonly width?: number
}

export interface WorkbookSheet {
  /** At most 31 signs; what no sheet may be called by is left out of it. */
  readonly name: string
  readonly columns: readonly WorkbookColumn[]
  /** Its heading can be filtered by. */
  readonly filters?: boolean
}

/** Places in `cellXfs`. */
const STYLE: Readonly<Record<CellType | 'heading', number>> = {
  text: 0,
  heading: 1,
  number: 2,
  percent: 3,
  day: 4,
  time: 5,
}
const WIDTH = 20
const MOST_NAME = 31
/** Days from the first that spreadsheets know to the first of ours. */
const EPOCH_DAYS = 25_569

/** A, B, …, Z, AA, … */
function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last
}

/** The number that spreadsheets have for a day or a local time; null of what is none. */
function serialOf(value: string, type: 'day' | 'time'): number | null {
  const atMs = Date.parse(type === 'day' ? `${value}T00:00:00Z` : value)
  if (Number.isNaN(atMs)) return null
  return (type === 'day' ? atMs : wallOf(atMs)) / DAY + EPOCH_DAYS
}

function cellXml(value: WorkbookCell, at: string, type: CellType | 'heading'): string {
  if (value === null || value === '') return ''
  const isDay = type === 'day' || type === 'time'
  const number = typeof value === 'number' ? value : isDay ? serialOf(value, type) : null
  if (number !== null) return `<c r="${at}" s="${STYLE[type]}"><v>${number}</v></c>`
  const style = type === 'heading' ? STYLE.heading : STYLE.text
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(String(value))}</t></is></c>`
}

/** @param row its number, the first is 1 */
const rowXml = (
  cells: readonly WorkbookCell[],
  row: number,
  typeAt: (column: number) => CellType | 'heading',
): string =>
  `<row r="${row}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row}`, typeAt(column))).join('')}</row>`

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const OFFICE = 'http://schemas.openxmlformats.org'
const MAIN = `${OFFICE}/spreadsheetml/2006/main`
const RELATIONS = `${OFFICE}/officeDocument/2006/relationships`
const related = (id: string, kind: string, target: string) =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`
const relations = (...all: string[]) =>
  `${XML}<Relationships xmlns="${OFFICE}/package/2006/relationships">${all.join('')}</Relationships>`
const type = (part: string, kind: string) =>
  `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`
const format = (numFmt: number, font = 0) =>
  `<xf numFmtId="${numFmt}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${font ? ' applyFont="1"' : ''}/>`
const FORMATS =
  '<numFmts count="3"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
/** In the order of `STYLE`: 49 is text, 0 a number as it is. */
const STYLES = [format(49), format(49, 1), format(0), format(164), format(165), format(166)]
const styles = (fonts: string) =>
  `${XML}<styleSheet xmlns="${MAIN}">${FORMATS}${fonts}<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${STYLES.length}">${STYLES.join('')}</cellXfs></styleSheet>`

const nameOf = ({ name }: WorkbookSheet, at: number): string =>
  xmlText(
    [...name.replace(/[\\/?*[\]:']/g, ' ').trim()].slice(0, MOST_NAME).join('') || String(at + 1),
  ).replace(/"/g, '&quot;')

/** All that is not a sheet. */
function partsFor(sheets: readonly WorkbookSheet[]): Readonly<Record<string, string>> {
  const each = (make: (n: number, at: number) => string) => sheets.map((_, at) => make(at + 1, at)).join('')
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('/xl/workbook.xml', 'sheet.main')}${each((n) => type(`/xl/worksheets/sheet${n}.xml`, 'worksheet'))}${type('/xl/styles.xml', 'styles')}</Types>`,
    '_rels/.rels': relations(related('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/_rels/workbook.xml.rels': relations(
      each((n) => related(`rId${n}`, 'worksheet', `worksheets/sheet${n}.xml`)),
      related('rIdStyles', 'styles', 'styles.xml'),
    ),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.map((one, at) => `<sheet name="${nameOf(one, at)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/styles.xml': styles(
      '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>',
    ),
  }
}

/** A workbook that is being written: each call gives the bytes that are ready by then. */
export interface WorkbookWriter {
  rows(rows: readonly (readonly WorkbookCell[])[]): Uint8Array[]
  /** Goes on to the next of its sheets. */
  next(): Uint8Array[]
  end(): Uint8Array[]
}

/** Begins a workbook of one sheet whose first row is a heading that stays in view. */
export const writeWorkbook = (heading: readonly string[]): WorkbookWriter =>
  writeSheets([{ name: '1', columns: heading.map((label) => ({ label })) }])

/** Begins a workbook of these sheets, each with a heading that stays in view; its first is open. */
export function writeSheets(sheets: readonly WorkbookSheet[]): WorkbookWriter {
  let ready: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    ready.push(bytes)
  })
  for (const [name, text] of Object.entries(partsFor(sheets))) {
    const part = new ZipDeflate(name, { level: 1 })
    zip.add(part)
    part.push(strToU8(text), true)
  }
  let at = 0
  let open = openSheet(zip, sheets[0] ?? { name: '1', columns: [] }, 1)
  const taken = () => {
    const bytes = ready
    ready = []
    return bytes
  }
  return {
    rows(rows) {
      open.rows(rows)
      return taken()
    },
    next() {
      open.end()
      at += 1
      open = openSheet(zip, sheets[at] ?? { name: '', columns: [] }, at + 1)
      return taken()
    },
    end() {
      open.end()
      zip.end()
      return taken()
    },
  }
}

/** Begins one sheet of a workbook. @param n its number, the first is 1 */
function openSheet(zip: Zip, { columns, filters = false }: WorkbookSheet, n: number) {
  const sheet = new ZipDeflate(`xl/worksheets/sheet${n}.xml`, { level: 1 })
  zip.add(sheet)
  let line = 1
  const cols = columns
    .map(({ width = WIDTH }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const pane = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
  const heading = rowXml(
    columns.map(({ label }) => label),
    1,
    () => 'heading',
  )
  sheet.push(
    strToU8(
      `${XML}<worksheet xmlns="${MAIN}"><sheetViews>${pane}</sheetViews><cols>${cols}</cols><sheetData>${heading}`,
    ),
  )
  const typeAt = (column: number) => columns[column]?.type ?? 'text'
  return {
    rows(rows: readonly (readonly WorkbookCell[])[]) {
      if (rows.length > 0) sheet.push(strToU8(rows.map((row) => rowXml(row, ++line, typeAt)).join('')))
    },
    end() {
      const filter = filters
        ? `<autoFilter ref="A1:${letters(Math.max(0, columns.length - 1))}${line}"/>`
        : ''
      sheet.push(strToU8(`</sheetData>${filter}</worksheet>`), true)
    },
  }
}
