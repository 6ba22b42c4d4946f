import { zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { readWorkbook } from '../../../server/base/sheet/workbook.ts'
import { refused } from '../../support/expect.ts'

/* What a workbook says in few bytes can be much: one text for a thousand cells, one cell at the far corner. */

const MOST = 20 * 2 ** 20
const bytes = (text: string) => Buffer.from(text)
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function workbook(rows: string, strings: readonly string[] = []): Buffer {
  const parts = {
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${RELS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}">${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
  }
  const packed = zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, bytes(text)])))
  return Buffer.from(packed)
}
const text = (at: string, words: string) => `<c r="${at}" t="inlineStr"><is><t>${words}</t></is></c>`

it('rows come with the line that a person sees in the sheet, without those that are blank', async () => {
  const file = workbook(
    `<row r="2">${text('A2', '名称')}${text('C2', '网址')}</row><row r="9">${text('B9', '石牌')}</row>`,
  )
  expect(await readWorkbook(file, MOST)).toEqual([
    { line: 2, record: ['名称', null, '网址'] },
    { line: 9, record: [null, '石牌'] },
  ])
})

it('one long text that many cells share is as much as all of them say', async () => {
  const rows = Array.from(
    { length: 600 },
    (_, at) => `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>0</v></c></row>`,
  )
  const file = workbook(rows.join(''), ['长'.repeat(90_000)])
  expect(file.length).toBeLessThan(100_000)
  expect(await refused(readWorkbook(file, MOST), 'too_large')).toMatchObject({
    reason: 'sheets.rowIsTooLong',
  })
})

it('a cell in the last column or the last line costs what it says and no more', async () => {
  const wide = workbook(`<row r="1">${text('A1', '名称')}${text('XFD1', '网址')}</row>`)
  expect(await refused(readWorkbook(wide, MOST), 'too_large')).toMatchObject({
    reason: 'sheets.tooManyColumns',
  })
  const far = workbook(
    `<row r="1">${text('A1', '名称')}</row><row r="1048576">${text('A1048576', '石牌')}</row>`,
  )
  const rows = await readWorkbook(far, MOST)
  expect(rows.map(({ line }) => line)).toEqual([1, 1_048_576])
})

it('while some wait for their turn the next is told to come again', async () => {
  const file = workbook(`<row r="1">${text('A1', '名称')}</row>`)
  const all = await Promise.allSettled(Array.from({ length: 6 }, () => readWorkbook(file, MOST)))
  expect(all.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), 'rejected'])
  expect(all[5]).toMatchObject({ reason: { code: 'too_many_requests', reason: 'sheets.busy' } })
})
