import { strToU8, Zip, ZipDeflate } from 'fflate'

/*
 * A workbook of one sheet, written row by row: a register of a nation would fill the memory, and hold up everybody
 * while it is put together at once. Every cell is a text or a number, and none a formula.
 */

/** Signs that XML has no way to write (XML 1.0, 2.2), and halves of signs. */
const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const textOf = (value: string): string =>
  value
    .toWellFormed()
    .replace(UNWRITABLE, '')
    .replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign)

export type WorkbookCell = string | number | null

/** A, B, …, Z, AA, … */
function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last
}

function cellXml(value: WorkbookCell, at: string, style: number): string {
  if (value === null || value === '') return ''
  if (typeof value === 'number') return `<c r="${at}" s="${style}"><v>${value}</v></c>`
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${textOf(value)}</t></is></c>`
}

/** @param row its number, the first is 1 */
const rowXml = (cells: readonly WorkbookCell[], row: number, style: number): string =>
  `<row r="${row}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row}`, style)).join('')}</row>`

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
const styles = (fonts: string) =>
  `${XML}<styleSheet xmlns="${MAIN}">${fonts}<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`

/** All that is not the sheet. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${XML}<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('/xl/workbook.xml', 'sheet.main')}${type('/xl/worksheets/sheet1.xml', 'worksheet')}${type('/xl/styles.xml', 'styles')}</Types>`,
  '_rels/.rels': relations(related('rId1', 'officeDocument', 'xl/workbook.xml')),
  'xl/_rels/workbook.xml.rels': relations(
    related('rId1', 'worksheet', 'worksheets/sheet1.xml'),
    related('rId2', 'styles', 'styles.xml'),
  ),
  'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/styles.xml': styles(
    '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>',
  ),
}

/** A workbook that is being written: each call gives the bytes that are ready by then. */
export interface WorkbookWriter {
  rows(rows: readonly (readonly WorkbookCell[])[]): Uint8Array[]
  end(): Uint8Array[]
}

/** Begins a workbook whose first row is a heading that stays in view. */
export function writeWorkbook(heading: readonly string[]): WorkbookWriter {
  let ready: Uint8Array[] = []
  let line = 1
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    ready.push(bytes)
  })
  for (const [name, text] of Object.entries(PARTS)) {
    const part = new ZipDeflate(name, { level: 1 })
    zip.add(part)
    part.push(strToU8(text), true)
  }
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 1 })
  zip.add(sheet)
  const columns = heading.map((_, n) => `<col min="${n + 1}" max="${n + 1}" width="20"/>`).join('')
  const pane = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
  sheet.push(
    strToU8(
      `${XML}<worksheet xmlns="${MAIN}"><sheetViews>${pane}</sheetViews><cols>${columns}</cols><sheetData>${rowXml(heading, 1, 1)}`,
    ),
  )
  const taken = () => {
    const bytes = ready
    ready = []
    return bytes
  }
  return {
    rows(rows) {
      if (rows.length > 0) sheet.push(strToU8(rows.map((row) => rowXml(row, ++line, 0)).join('')))
      return taken()
    },
    end() {
      sheet.push(strToU8('</sheetData></worksheet>'), true)
      zip.end()
      return taken()
    },
  }
}
