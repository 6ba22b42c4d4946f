import { deflateSync } from 'node:zlib'
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { textOfDocx } from '../../../../server/monitor/inspections/content/files/office.ts'
import { textOfXlsx } from '../../../../server/monitor/inspections/content/files/workbook.ts'
import { personalData } from '../../../../server/monitor/inspections/content/personal-data.ts'
import type { Retrieved } from '../../../../server/monitor/inspections/rule.ts'
import { said } from '../pages.ts'
import { card, identity } from './numbers.ts'
import { encryptedPdf, pdfOf } from './pdf.ts'

const ID = identity()
const file = (name: string, bytes: Uint8Array, change: Partial<Retrieved> = {}) =>
  said(personalData, bytes, {
    ...{
      url: `http://www.thnet.gov.cn/files/${name}`,
      kind: 'file',
      headers: { 'content-type': 'application/octet-stream' },
    },
    ...change,
  })

const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] })
const docx = (...rows: readonly (readonly string[])[]) =>
  Packer.toBuffer(
    new Document({
      sections: [
        {
          children: [
            new Paragraph('公示'),
            new Paragraph({
              children: [new TextRun(ID.slice(0, 9)), new TextRun({ text: ID.slice(9), bold: true })],
            }),
            new Table({ rows: rows.map((row) => new TableRow({ children: row.map(cell) })) }),
          ],
        },
      ],
    }),
  )
const xlsx = async (...rows: readonly (readonly string[])[]) =>
  writeXlsx(rows.map((row) => row.map((value) => ({ value, type: String })))).toBuffer()

test('lists of persons in documents, workbooks, PDFs and plain text are found, whatever the file is called', async () => {
  const word = await docx(['姓名', '手机'], ['李丽', '13800138000'])
  expect(await file('a.docx', word)).toMatchObject({
    problems: [{ detail: { kind: 'identity' } }, { detail: { kind: 'mobile' } }],
  })
  expect(await file('download.jsp', word)).toMatchObject({ outcome: 'found' })
  const book = await xlsx(
    ['姓名', '身份证号', '账号'],
    ['李丽', ID, card()],
    ['张建国', identity('430102'), card('621700')],
  )
  expect(await file('b.xlsx', book)).toMatchObject({
    problems: [{ detail: { kind: 'identity', count: 2 } }, { detail: { kind: 'card', count: 2 } }],
  })
  expect(await file('c.pdf', pdfOf([`ID ${ID}`]))).toMatchObject({
    problems: [{ detail: { kind: 'identity' } }],
  })
  const text = strToU8(`姓名,手机\n李丽,13800138000\n`)
  expect(await file('d.csv', text, { headers: { 'content-type': 'text/csv' } })).toMatchObject({
    outcome: 'found',
  })
})

test('files without personal data, and those in which it is masked, are clear', async () => {
  expect(await file('a.xlsx', await xlsx(['姓名', '手机'], ['李丽', '138****8000']))).toEqual({
    outcome: 'clear',
  })
  expect(await file('b.pdf', pdfOf(['Annual report 2026', '020-12345678']))).toEqual({ outcome: 'clear' })
})

test('a bomb, an encrypted, an old and a broken file cost themselves only, and say why nothing is known', async () => {
  const bomb = zipSync({ 'word/document.xml': new Uint8Array(40 * 2 ** 20) }, { level: 1 })
  expect(await file('bomb.docx', bomb)).toEqual({ outcome: 'unmeasured', reason: 'fileTooLarge' })
  const blanks = deflateSync(Buffer.alloc(80 * 2 ** 20, ' '), { level: 1 })
  const large = { outcome: 'unmeasured', reason: 'fileTooLarge' }
  expect(await file('bomb.pdf', pdfOf([], blanks))).toEqual(large)
  expect(await file('bomb.pdf', pdfOf([], deflateSync(blanks))), 'a bomb in a bomb').toEqual(large)
  const endless = zipSync({ 'word/document.xml': strToU8('<w:p>'.repeat(400_000)) })
  expect(await file('endless.docx', endless)).toEqual(large)
  const long = zipSync({ 'word/document.xml': strToU8(`<w:p>${' '.repeat(13 * 2 ** 20)}</w:p>`) })
  expect(await file('long.docx', long), 'not all of it was read').toEqual(large)
  expect(await file('x.pdf', encryptedPdf())).toEqual({ outcome: 'unmeasured', reason: 'lockedFile' })
  expect(await file('x.pdf', strToU8('%PDF-1.7 nothing'))).toEqual({
    outcome: 'unmeasured',
    reason: 'damagedFile',
  })
  const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)])
  expect(await file('x.doc', old)).toEqual({ outcome: 'unmeasured', reason: 'oldFormat' })
  const locked = Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')])
  expect(await file('x.xlsx', locked)).toEqual({ outcome: 'unmeasured', reason: 'lockedFile' })
  expect(await file('x.zip', zipSync({ 'a.txt': strToU8('a') }))).toEqual({
    outcome: 'unmeasured',
    reason: 'notText',
  })
})

test('of a workbook that is cut, its beginning is read, and that is said', async () => {
  const rows = Array.from({ length: 3_000 }, (_, n) => [`${n}`, `说明${n}`, n === 0 ? ID : ''])
  const whole = await xlsx(...rows)
  const half = whole.subarray(0, Math.floor(whole.length / 2))
  const outcome = await file('big.xlsx', half, { isCut: true })
  expect(['found', 'unmeasured']).toContain(outcome.outcome)
  expect(
    await file('big.xlsx', (await xlsx(...rows.map((row) => row.slice(0, 2)))).subarray(0, 9_000), {
      isCut: true,
    }),
  ).toEqual({
    outcome: 'unmeasured',
    reason: 'fileTooLarge',
  })
})

test('cells of a row are parted, and empty ones are counted', async () => {
  expect(textOfXlsx(await xlsx(['a', '', 'c']))?.text).toBe('a\t\tc\t\n')
  expect(textOfDocx(await docx(['a', 'b']))?.text).toContain('a \tb \t\n')
})

test('what somebody struck out with changes tracked is in the document still, and what reads on across it is whole', async () => {
  const word = (body: string) =>
    zipSync({ 'word/document.xml': strToU8(`<w:document><w:body><w:p>${body}</w:p></w:body></w:document>`) })
  const kept = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`
  const struck = (text: string) => `<w:del><w:r><w:delText>${text}</w:delText></w:r></w:del>`
  const found = { problems: [{ detail: { kind: 'identity', count: 1 } }] }
  expect(
    await file('a.docx', word(`${kept('李丽')}${struck(ID.slice(0, 6))}${struck(ID.slice(6))}`)),
  ).toMatchObject(found)
  expect(
    await file('a.docx', word(`${kept(ID.slice(0, 9))}${struck('12')}${kept(ID.slice(9))}`)),
  ).toMatchObject(found)
})
