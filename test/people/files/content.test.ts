import { describe, expect, test } from 'vitest'
import { checkContent, cleanName } from '../../../server/people/files/content.ts'
import { docx, jpeg, PDF, PNG } from './files.ts'

const check = (bytes: Buffer, name: string, type = '') => checkContent(bytes, { name, type })

describe('a file that is what it says', () => {
  test.each([
    ['现场照片.png', PNG, 'image/png', 'image/png'],
    ['证明.PDF', PDF, 'application/pdf', 'application/pdf'],
    ['照片.jpg', jpeg(), 'image/jpeg', 'image/jpeg'],
    ['照片.jpeg', jpeg(), '', 'image/jpeg'],
    ['报告.docx', docx(), '', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['说明.txt', Buffer.from('已修复\r\n'), 'text/plain', 'text/plain'],
    ['名单.csv', Buffer.from([0xcd, 0xf8, 0xd5, 0xbe, 0x2c, 0x31]), 'application/vnd.ms-excel', 'text/csv'],
  ])('%s', async (name, bytes, claimed, type) => {
    expect(await check(bytes, name, claimed)).toEqual({ name, type })
  })
})

describe('a file that lies is refused, with what it is', () => {
  test.each([
    ['a picture called a document', '证明.pdf', PNG, '', '内容是 image/png'],
    ['a document called a picture', '照片.png', PDF, '', '内容是 application/pdf'],
    ['a page called a picture', '照片.jpg', Buffer.from('<script>alert(1)</script>'), '', '内容是 text'],
    ['a program', '修复.exe', Buffer.from('MZ'), '', '不接受这种文件'],
    ['a page', '首页.html', Buffer.from('<html>'), 'text/html', '不接受这种文件'],
    ['a drawing that can hold scripts', '图.svg', Buffer.from('<svg/>'), '', '不接受这种文件'],
    ['a program called text', '说明.txt', Buffer.from([0x4d, 0x5a, 0, 1, 2, 3]), '', '内容'],
    ['a picture given as a document', '照片.png', PNG, 'application/pdf', '申报的类型 application/pdf'],
    ['an archive called a document', '报告.docx', Buffer.from('PK\x03\x04not one'), '', '内容'],
    ['nothing', '空.txt', Buffer.alloc(0), '', '空文件'],
    ['no end to its name', '照片', PNG, '', '不接受这种文件'],
  ])('%s', async (_, name, bytes, claimed, why) => {
    await expect(check(bytes, name, claimed)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(why),
    })
  })
})

test.each([
  ['../../etc/passwd.txt', 'passwd.txt'],
  ['C:\\桌面\\照片.png', '照片.png'],
  ['a\u202egnp.exe', 'agnp.exe'],
  ['a\r\nSet-Cookie: x.png', 'aSet-Cookie: x.png'],
  [`${'长'.repeat(300)}.docx`, `${'长'.repeat(115)}.docx`],
])('the name %s is kept as %s', (name, clean) => {
  expect(cleanName(name)).toBe(clean)
})
