import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { readPage } from '../../../server/monitor/read/read.ts'
import { list, REF } from './snippets.ts'

const declare = (charset: string) =>
  `<meta http-equiv="Content-Type" content="text/html; charset=${charset}">`
const html = (head: string) =>
  `<html><head>${head}<title>某某县人民政府</title></head><body><p>关于政府信息公开工作的通知</p>${list('2021年4月1日')}</body></html>`

function readAs(encoding: string, head: string, contentType?: string) {
  const bytes = iconv.encode(html(head), encoding)
  const finding = readPage({
    bytes,
    kind: 'home',
    ref: REF,
    ...(contentType === undefined ? {} : { headers: { 'Content-Type': contentType } }),
  })
  expect(finding.evidence?.text).toBe('关于做好第0项工作的通知')
  expect(finding.newest).toBe('2021-04-01')
  return finding.encoding
}

describe('the encoding is told by the bytes', () => {
  test.each([
    ['declared in the page', 'gb18030', declare('gb2312'), undefined, 'gb18030'],
    ['declared by the server', 'gbk', '', 'text/html; charset=GBK', 'gb18030'],
    ['not declared', 'gbk', '', undefined, 'gb18030'],
    ['declared as UTF-8 by page and server', 'gbk', declare('utf-8'), 'text/html;charset=utf-8', 'gb18030'],
    ['declared as Latin-1', 'gbk', declare('iso-8859-1'), 'text/html; charset=ISO-8859-1', 'gb18030'],
    ['UTF-8 declared as GBK', 'utf8', declare('gb2312'), 'text/html; charset=gb2312', 'utf-8'],
    ['UTF-8 not declared', 'utf8', '', undefined, 'utf-8'],
    ['UTF-16 with a mark', 'utf-16', '', undefined, 'utf-16le'],
    ['UTF-16 without a mark', 'utf-16le', '', undefined, 'utf-16le'],
    ['an unknown name', 'gbk', declare('x-user-defined'), 'text/html; charset=base64', 'gb18030'],
  ])('%s', (_, encoding, head, contentType, expected) => {
    expect(readAs(encoding, head, contentType)).toBe(expected)
  })

  test('a byte-order mark outranks every declaration', () => {
    const bytes = iconv.encode(html(declare('gb2312')), 'utf8', { addBOM: true })
    expect(readPage({ bytes, ref: REF }).encoding).toBe('utf-8')
  })

  test('traditional characters in Big5', () => {
    const text = `<html><head>${declare('big5')}</head><ul><li><a href="1.html">關於召開會議的通知</a><span>2021年4月1日</span></li></ul>${'<p>政府資訊公開，為民服務。</p>'.repeat(5)}`
    const finding = readPage({ bytes: iconv.encode(text, 'big5'), kind: 'home', ref: REF })
    expect(finding).toMatchObject({
      encoding: 'big5',
      newest: '2021-04-01',
      evidence: { text: '關於召開會議的通知' },
    })
  })

  test('a UTF-8 page with a few cut characters stays UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(html('')), Buffer.from([0xe5, 0x85, 0x3c, 0x62, 0x3e, 0xe6])])
    expect(readPage({ bytes, kind: 'home', ref: REF })).toMatchObject({
      encoding: 'utf-8',
      newest: '2021-04-01',
    })
  })

  test('a UTF-8 page cut in the middle of a character stays UTF-8', () => {
    const bytes = Buffer.from(html('')).subarray(0, Buffer.from(html('')).indexOf('通知</a>') + 1)
    expect(readPage({ bytes, kind: 'home', ref: REF }).encoding).toBe('utf-8')
  })
})
