import { strToU8, zipSync } from 'fflate'
import { documentOf, type Scene } from '../pages.ts'
import { listed, listsPersons, PERSONS_FILE, PERSONS_NAME } from './faults.ts'

/** The page that lists persons; null for any other, and where the site lists nobody. */
export function personsPage(scene: Scene, slug: string): string | null {
  const { salt } = scene.behaviour.publisher
  if (slug !== 'assistance' || !listsPersons(salt)) return null
  const [head = [], ...rows] = listed(salt, 'persons')
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  const table = `<table border="1">${row(head, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`
  const file = `<p><a href="${PERSONS_FILE}">附件：名单.xlsx</a></p>`
  return documentOf(scene, PERSONS_NAME, `<h2>${PERSONS_NAME}</h2>${table}${file}`)
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The same list as a workbook; null where the site lists nobody. */
export function personsFile(salt: number): Uint8Array | null {
  if (!listsPersons(salt)) return null
  const cells = (row: readonly string[]) =>
    row.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')
  const sheet = listed(salt, 'personFile')
    .map((row) => `<row>${cells(row)}</row>`)
    .join('')
  const parts = {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${MAIN}"><sheetData>${sheet}</sheetData></worksheet>`,
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), {
    mtime: '2026-01-01',
  })
}
