import { expect, test } from 'vitest'
import { cfb, cut, encryptedZip, join, judge, STREAM, text, ZIP } from './file.table.ts'

test('a file with a password is said to have one; of one that was not fetched whole the end is not missed', async () => {
  expect(await judge('a.zip', encryptedZip())).toMatchObject({ fault: null, isEncrypted: true })
  expect(await judge('a.docx', cfb(4, 'EncryptedPackage'))).toMatchObject({ fault: null, isEncrypted: true })
  const locked = join(text('%PDF-1.4\n'), text('trailer<</Encrypt 5 0 R>>\n%%EOF'))
  expect(await judge('a.pdf', locked)).toMatchObject({ fault: null, isEncrypted: true })
  expect(await judge('a.zip', cut(ZIP), STREAM, { isCut: true })).toMatchObject({ fault: null })
})

test('a file that is made of comments is told apart as soon as any other', async () => {
  expect(await judge('a.pdf', text(`${'<!---->'.repeat(580)}x`))).toMatchObject({
    fault: 'otherType',
    is: 'text',
  })
  expect(await judge('a.pdf', text('<!-- 甲 --> <!-- 乙 --><html>404</html>'))).toMatchObject({
    fault: 'html',
  })
})

test('a table that a program exported as a page opens in Excel; a page that says that there is no file does not', async () => {
  const table = '<table><tr><td>1</td><td>2</td></tr></table>'
  expect(await judge('a.xls', text(table))).toMatchObject({ fault: null })
  expect(await judge('a.xls', text(`<html><meta charset=utf-8><body>${table}</body></html>`))).toMatchObject({
    fault: null,
  })
  expect(await judge('a.xls', text(`<html><title>404</title><body>${table}</body></html>`))).toMatchObject({
    fault: 'html',
  })
  expect(await judge('a.xls', text(`<html><body>${table}<a href="/">首页</a></body></html>`))).toMatchObject({
    fault: 'html',
  })
  expect(await judge('a.doc', text(table))).toMatchObject({ fault: 'otherType' })
})

test('a file that old servers call text is saved, unless browsers are told to believe them', async () => {
  expect(await judge('a.zip', ZIP, 'text/plain')).toMatchObject({ fault: null })
  expect(await judge('a.zip', ZIP, 'text/plain', { isNosniff: true })).toMatchObject({
    fault: 'servedAsText',
  })
  const marked = join(
    Uint8Array.from([0xef, 0xbb, 0xbf]),
    text('%PDF-1.4\n'),
    new Uint8Array(9),
    text('%%EOF'),
  )
  expect(await judge('a.pdf', marked, 'text/plain')).toMatchObject({ fault: 'servedAsText' })
})
