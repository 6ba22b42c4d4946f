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
