import { zipSync } from 'fflate'

/*
 * Workbooks as office programs write them: several sheets, cells that are merged (only the first has a text), numbers,
 * days as serial numbers, formulas with what was worked out last.
 */

export type OfficeCell =
  | string
  | number
  | null
  | { readonly day: number }
  | { readonly formula: string; readonly is: string }

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function cellXml(cell: OfficeCell, at: string): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`
  if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
  if ('day' in cell) return `<c r="${at}" s="1"><v>${cell.day}</v></c>`
  return `<c r="${at}" t="str"><f>${escaped(cell.formula)}</f><v>${escaped(cell.is)}</v></c>`
}

const sheetXml = (rows: readonly (readonly OfficeCell[])[]) =>
  `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows
    .map(
      (cells, n) =>
        `<row r="${n + 1}">${cells.map((cell, at) => cellXml(cell, `${String.fromCharCode(65 + at)}${n + 1}`)).join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`

/** A workbook of sheets by their names. */
export function officeWorkbook(sheets: Readonly<Record<string, readonly (readonly OfficeCell[])[]>>): Buffer {
  const names = Object.keys(sheets)
  const related = (id: number, kind: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`
  const parts: Record<string, string> = {
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names
      .map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${RELS}">${names
      .map((_, n) => related(n + 1, 'worksheet', `worksheets/sheet${n + 1}.xml`))
      .join('')}${related(99, 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, n) => [`xl/worksheets/sheet${n + 1}.xml`, sheetXml(rows)]),
    ),
  }
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)]))),
  )
}
