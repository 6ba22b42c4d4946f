import { zipSync } from 'fflate'
import { judgeFile, type OfferedFile } from '../../../../server/monitor/inspections/outbound/file.ts'
import type { PlantedTable } from '../planted-table.ts'

export const text = (words: string) => new TextEncoder().encode(words)
export const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts))
const office = (type: string, part: string) =>
  zipSync({
    '[Content_Types].xml': text(
      `<?xml version="1.0"?><Types><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
    ),
    [part]: text('<x/>'),
  })
const DOCX = office('wordprocessingml.document', 'word/document.xml')
const XLSX = office('spreadsheetml.sheet', 'xl/workbook.xml')
const PPTX = office('presentationml.presentation', 'ppt/presentation.xml')
export const ZIP = zipSync({ 'a.txt': text('内容') })
const PDF = text(
  `%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n${' '.repeat(3_000)}trailer<<>>\nstartxref\n9\n%%EOF\n`,
)
/** An office file of before 2007 whose directory is in its second sector. */
export function cfb(sectors: number, name = 'WordDocument'): Uint8Array {
  const bytes = Buffer.alloc(512 * (sectors + 1))
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(1, 48)
  Buffer.from(name, 'utf16le').copy(bytes, Math.min(bytes.length - 64, 1_024))
  return bytes
}
const RTF = text('{\\rtf1\\ansi 表格}')
const HTML = text('<!DOCTYPE html><html><head><title>404</title></head><body>文件不存在</body></html>')
const WORD_PAGE = text('<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>表</body></html>')
const EXPORTED_TABLE =
  '<table border="1"><tr><th>单位</th><th>数量</th></tr><tr><td>甲</td><td>1</td></tr></table>'
const EXPORTED = text(EXPORTED_TABLE)
const RAR = join(Uint8Array.from([0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x01, 0x00]), new Uint8Array(64))
const JPEG = join(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), text('JFIF'), new Uint8Array(200))
const SEVEN = (() => {
  const bytes = Buffer.alloc(32 + 100)
  Buffer.from('377abcaf271c0004', 'hex').copy(bytes)
  bytes.writeBigUInt64LE(60n, 12)
  bytes.writeBigUInt64LE(40n, 20)
  return new Uint8Array(bytes)
})()
export const encryptedZip = () => {
  const bytes = Uint8Array.from(ZIP)
  bytes[6] = 1
  return bytes
}
export const cut = (bytes: Uint8Array) => bytes.slice(0, Math.floor(bytes.length * 0.6))
export const STREAM = 'application/octet-stream'
export const judge = (
  name: string,
  bytes: Uint8Array,
  contentType = STREAM,
  change: Partial<OfferedFile> = {},
) => judgeFile({ name, bytes, contentType, isCut: false, ...change })

const FAULTY: readonly (readonly [string, Uint8Array, string, string?])[] = [
  ['a.doc', new Uint8Array(0), 'empty'],
  ['a.pdf', new Uint8Array(0), 'empty'],
  ['a.doc', HTML, 'html'],
  ['a.pdf', HTML, 'html'],
  ['a.zip', HTML, 'html', 'application/zip'],
  ['a.xlsx', text('\ufeff<html><script>location="/"</script></html>'), 'html'],
  ['a.xls', text('<!-- 模板 -->\n<html><body>404</body></html>'), 'html'],
  ['a.docx', text('<?xml version="1.0"?><!DOCTYPE html><html></html>'), 'html'],
  [
    'a.xls',
    text('<html><head><title>404</title></head><body><table><tr><td>找不到</td></tr></table>'),
    'html',
  ],
  ['a.xls', text('<html><body><table><tr><td><h1>找不到该页</h1></td></tr></table></body></html>'), 'html'],
  ['a.pdf', text('<table><tr><td>1</td></tr></table>'), 'otherType'],
  ['a.xls', text('<html><body><table><tr><td>您访问的页面不存在</td></tr></table></body></html>'), 'html'],
  ['a.xlsx', text(`<html><body>${EXPORTED_TABLE}</body></html>`), 'html'],
  ['a.pdf', text('<html><body>转换失败：%PDF-1.4 无法生成</body></html>'), 'html'],
  ['a.rar', text('  <HTML><BODY>出错</BODY></HTML>'), 'html'],
  ['a.doc', PDF, 'otherType'],
  ['a.pdf', DOCX, 'otherType'],
  ['a.docx', XLSX, 'otherType'],
  ['a.xlsx', JPEG, 'otherType'],
  ['a.zip', RAR, 'otherType'],
  ['a.rar', ZIP, 'otherType'],
  ['a.pdf', text('文件生成失败'), 'otherType'],
  ['a.txt', cfb(3), 'otherType'],
  ['a.pdf', cut(PDF), 'truncated'],
  ['a.docx', cut(DOCX), 'truncated'],
  ['a.zip', cut(ZIP), 'truncated'],
  ['a.doc', cfb(1), 'truncated'],
  ['a.7z', cut(SEVEN), 'truncated'],
  ['a.doc', cfb(4), 'servedAsText', 'text/html'],
  ['a.pdf', PDF, 'servedAsText', 'text/plain; charset=gbk'],
  ['a.docx', DOCX, 'servedAsText', 'text/html;charset=utf-8'],
  // Whatever is in it, a type that no server sends by itself is believed.
  ['a.docx', DOCX, 'servedAsText', 'text/plain;charset=UTF-8'],
  ['a.doc', cfb(4), 'servedAsText', 'text/plain; charset=utf-8'],
  ['a.zip', ZIP, 'servedAsText', 'text/xml'],
  // And so is one of a file that has no sign but those of text.
  ['a.rtf', RTF, 'servedAsText', 'text/plain'],
  ['a.pdf', PDF, 'servedAsText', 'text/plain; charset=UTF-8'],
  ['a.pdf', join(cut(PDF), new Uint8Array(4_096)), 'truncated'],
]

const WELL: readonly (readonly [string, Uint8Array, string?])[] = [
  ...(['doc', 'xls', 'ppt', 'wps', 'et', 'dps'] as const).map((ending) => [`表.${ending}`, cfb(4)] as const),
  ...(['docx', 'doc', 'wps'] as const).map((ending) => [`表.${ending}`, DOCX] as const),
  ...(['xlsx', 'xls', 'et'] as const).map((ending) => [`表.${ending}`, XLSX] as const),
  ...(['pptx', 'ppt'] as const).map((ending) => [`表.${ending}`, PPTX] as const),
  ...(
    [
      STREAM,
      'application/pdf',
      '',
      'application/x-download',
      'binary/octet-stream',
      'APPLICATION/PDF',
    ] as const
  ).map((type) => ['a.PDF', PDF, type] as const),
  ...([STREAM, 'application/zip', 'application/x-zip-compressed', ''] as const).map(
    (type) => ['a.zip', ZIP, type] as const,
  ),
  ['a.ofd', ZIP],
  ['a.zip', DOCX],
  ['a.rtf', RTF],
  ['a.doc', RTF],
  ['a.doc', WORD_PAGE],
  ['a.xls', WORD_PAGE],
  ['a.xls', EXPORTED],
  ['a.xls', text(`<html><head><meta charset="utf-8"></head><body>${EXPORTED_TABLE}</body></html>`)],
  [
    'a.xls',
    text(`<style>td{mso-number-format:"\\@"}</style>\n${EXPORTED_TABLE}`),
    'application/vnd.ms-excel',
  ],
  ['a.doc', text('<html><head><meta name=ProgId content=Word.Document></head></html>')],
  ['a.rar', RAR],
  ['a.7z', SEVEN],
  ['a.txt', text('第一行\n第二行'), 'text/plain'],
  ['a.txt', text('<html>'), 'text/plain'],
  ['a.csv', text('名称,数量\n甲,1\n'), 'text/csv'],
  ['a.csv', Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x2c, 0]), 'text/csv'],
  ['a.txt', Uint8Array.from([0xb1, 0xed, 0xb8, 0xf1]), 'text/plain'],
  ['下载', PDF],
  ['a.pdf', join(text('<html><!-- 下载 --></html>\n'), PDF)],
  ['file.aspx', PDF],
  ['a.pdf', join(PDF, text('\n\n\n'))],
  // A disk fills up what it writes.
  ['a.pdf', join(PDF, new Uint8Array(4_096))],
  ['a.pdf', join(PDF, text(`\r\n${' '.repeat(3_000)}`))],
  // What old servers call text, browsers look at, and save.
  ...(
    [
      'text/plain',
      'text/plain; charset=ISO-8859-1',
      'text/plain; charset=iso-8859-1',
      'text/plain; charset=UTF-8',
    ] as const
  ).map((type) => ['a.docx', DOCX, type] as const),
  ['a.ofd', ZIP, 'text/plain'],
  ['a.doc', cfb(4), 'text/plain'],
  ['a.rar', RAR, 'text/plain'],
  ['a.docm', DOCX],
  ['a.jpg', JPEG],
  ['a.zip', zipSync({ 'b/c.txt': text('x'), 'd.txt': text('y') })],
  ['a.pdf', join(text('%PDF-1.7\n'), new Uint8Array(40_000), text('%%EOF'))],
]

/** Files that do not open or are not what they say, each with what is wrong; those that open, also as old servers send them. */
export const FILES: PlantedTable = {
  rule: 'attachment-opens',
  faulty: FAULTY.map(([name, bytes, fault, type]) => ({
    name: `${name} ${fault}`,
    says: async () => ((await judge(name, bytes, type)).fault === fault ? 'found' : 'clear'),
  })),
  sound: WELL.map(([name, bytes, type]) => ({
    name: `${name} ${type}`,
    says: async () => ((await judge(name, bytes, type)).fault === null ? 'clear' : 'found'),
  })),
}
