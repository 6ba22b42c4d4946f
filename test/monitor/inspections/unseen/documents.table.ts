import { strToU8, zipSync } from 'fflate'
import { personalData } from '../../../../server/monitor/inspections/content/personal-data.ts'
import { card, identity } from '../content/numbers.ts'
import { pdfOf } from '../content/pdf.ts'
import { said } from '../pages.ts'
import type { PlantedTable } from '../planted-table.ts'

const ID = identity('441802', '19880112', '401')
const OTHER = identity('430102', '20030730', '118')
const part = (path: string, xml: string) =>
  zipSync({ '[Content_Types].xml': strToU8('<Types/>'), [path]: strToU8(xml) })
const runs = (...texts: string[]) =>
  texts.map((text) => `<w:r><w:rPr/><w:t xml:space="preserve">${text}</w:t></w:r>`).join('')
const p = (...texts: string[]) => `<w:p>${runs(...texts)}</w:p>`
const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`
const word = (body: string, path = 'word/document.xml') =>
  part(
    path,
    `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  )
const sheet = (rows: string, strings = '', path = 'xl/worksheets/sheet1.xml') =>
  zipSync({
    ...(strings && { 'xl/sharedStrings.xml': strToU8(`<sst>${strings}</sst>`) }),
    [path]: strToU8(`<worksheet><sheetData>${rows}</sheetData></worksheet>`),
  })
const inline = (...cells: string[]) =>
  `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`
const slide = (text: string) =>
  part('ppt/slides/slide1.xml', `<p:sld><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>`)
const ofd = (text: string) =>
  zipSync({
    'OFD.xml': strToU8('<ofd:OFD/>'),
    'Doc_0/Pages/Page_0/Content.xml': strToU8(
      `<ofd:Page><ofd:TextObject Boundary="10 20 80 5" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 17 2">${text}</ofd:TextCode></ofd:TextObject></ofd:Page>`,
    ),
  })
const ofdParts = (...texts: string[]) =>
  zipSync({
    'OFD.xml': strToU8('<ofd:OFD/>'),
    'Doc_0/Pages/Page_0/Content.xml': strToU8(
      `<ofd:Page>${texts.map((text, n) => `<ofd:TextObject Boundary="${10 + n * 40} 20 38 5" Size="4"><ofd:TextCode>${text}</ofd:TextCode></ofd:TextObject>`).join('')}</ofd:Page>`,
    ),
  })
/** A PDF whose page shows what is given between BT and ET. */
const shows = (operators: string) => {
  const [head = '', tail = ''] = Buffer.from(pdfOf(['@@@']))
    .toString('latin1')
    .split('(@@@) Tj')
  const text = `${head}${operators}${tail}`
  const length = /stream\n([\s\S]*?)\nendstream/.exec(text)?.[1]?.length ?? 0
  return Uint8Array.from(Buffer.from(text.replace(/\/Length \d+/, `/Length ${length}`), 'latin1'))
}
const markup = (html: string) => strToU8(html)

const FAULTY: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['a.docx', word(p(...ID))],
  ['a.docx', word(p('身份证号：', ID.slice(0, 4), ID.slice(4, 11), ID.slice(11)))],
  [
    'a.docx',
    word(
      `<w:tbl>${row(p('姓名'), p('身份证号'))}${row(p('李', '丽'), p(ID.slice(0, 10)) + p(ID.slice(10)))}</w:tbl>`,
    ),
  ],
  [
    'a.docx',
    word(`<w:tbl>${row(p('姓名'), p('手机号码'))}${row(p('李丽'), p('138', '0013', '8000'))}</w:tbl>`),
  ],
  [
    'a.docx',
    word(p('公示'), 'word/document2.xml').length ? word(p(ID), 'word/document2.xml') : new Uint8Array(),
  ],
  ['a.docx', word(p(`申请人 ${ID}`), 'word/footer1.xml')],
  [
    'a.docx',
    word(
      `<w:p><w:r><w:pict><v:textbox><w:txbxContent>${p(ID)}</w:txbxContent></v:textbox></w:pict></w:r></w:p>`,
    ),
  ],
  ['a.docx', word(`<w:p><w:hyperlink>${runs(ID)}</w:hyperlink></w:p>`)],
  [
    'a.docx',
    part(
      'word/document.xml',
      `<ns0:document xmlns:ns0="w"><ns0:p><ns0:r><ns0:t>${ID}</ns0:t></ns0:r></ns0:p></ns0:document>`,
    ),
  ],
  ['a.docx', word(`<w:tbl>${row(...[...OTHER].map((digit) => p(digit)))}</w:tbl>`)],
  ['a.docx', word(p(`卡号 ${card('621700')} 户名 李丽`))],
  ['a.wps', word(p(ID))],
  ['a.xlsx', sheet(inline('姓名', '身份证') + inline('李丽', ID))],
  [
    'a.xlsx',
    sheet(
      '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>',
      `<si><t>李丽</t></si><si><r><t>${ID.slice(0, 6)}</t></r><r><rPr><b/></rPr><t>${ID.slice(6)}</t></r></si>`,
    ),
  ],
  ['a.xlsx', sheet(`<row><c t="str"><f>A1</f><v>${ID}</v></c></row>`)],
  [
    'a.xlsx',
    part(
      'xl/worksheets/sheet1.xml',
      `<x:worksheet xmlns:x="s"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>${ID}</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
    ),
  ],
  ['a.xlsx', sheet(inline(ID), '', 'xl/worksheets/Sheet12.xml')],
  [
    'a.xlsx',
    sheet(
      '<row><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>电话</t></is></c></row><row><c t="inlineStr"><is><t>李丽</t></is></c><c><v>13800138000</v></c></row>',
    ),
  ],
  [
    'a.xlsx',
    sheet(
      '<row><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>电话</t></is></c></row><row><c t="inlineStr"><is><t>李丽</t></is></c><c><v>1.3800138001E+10</v></c></row>',
    ),
  ],
  ['a.xlsx', sheet(inline(`'${ID}`))],
  [
    'a.xlsx',
    part('xl/worksheets/sheet1.xml', '<worksheet/>') &&
      zipSync({
        'xl/worksheets/sheet1.xml': strToU8('<worksheet/>'),
        'xl/comments1.xml': strToU8(
          `<comments><comment><text><r><t>${ID}</t></r></text></comment></comments>`,
        ),
      }),
  ],
  ['a.et', sheet(inline(ID))],
  ['a.pptx', slide(`名单 李丽 ${ID}`)],
  ['a.ofd', ofd(ID)],
  ['a.ofd', ofdParts('李丽', ID)],
  ['a.pdf', pdfOf([`ID ${ID}`])],
  ['a.pdf', shows(`[(${ID.slice(0, 6)}) -30 (${ID.slice(6, 14)}) 12 (${ID.slice(14)})] TJ`)],
  ['a.pdf', shows(`[${[...ID].map((digit) => `(${digit})`).join(' -90 ')}] TJ`)],
  ['a.pdf', shows(`<${Buffer.from(ID).toString('hex')}> Tj`)],
  ['a.pdf', shows([...ID].map((digit) => `(${digit}) Tj 6.7 0 Td`).join(' '))],
  ['a.pdf', shows(`(${ID.slice(0, 10)}) Tj 0 -14 Td (${ID.slice(10)}) Tj`)],
  ['a.pdf', shows(`(${ID.slice(0, 6)} ${ID.slice(6, 14)} ${ID.slice(14)}) Tj`)],
  [
    'a.xls',
    markup(
      `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>李丽</td><td style="mso-number-format:'\\@'">${ID}</td></tr></table></body></html>`,
    ),
  ],
  [
    'a.xls',
    markup(
      `<table border=1><tr><th>姓名</th><th>手机</th></tr><tr><td>李丽</td><td>13800138000</td></tr></table>`,
    ),
  ],
  [
    'a.xls',
    markup(
      `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook><Worksheet><Table><Row><Cell><Data ss:Type="String">李丽</Data></Cell><Cell><Data ss:Type="String">${ID}</Data></Cell></Row></Table></Worksheet></Workbook>`,
    ),
  ],
  ['a.txt', strToU8(`李丽\t${ID}\r\n`)],
  ['a.csv', strToU8(`"李丽","${ID}"\r\n`)],
  ['a.csv', strToU8(`\ufeff姓名;手机\r\n李丽;13800138000\r\n`)],
]
const masked = `${ID.slice(0, 6)}********${ID.slice(14)}`
const CLEAN: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ...[
    '统一社会信用代码：91441802MA4X12345B',
    `身份证号：${masked}`,
    '联系电话：0763-3362000',
    '案号：（2026）粤1802民初12345号',
    '金额：13800138000.00',
    '项目代码 2019-441802-77-03-012345',
    '准考证号 441802198801',
    '清远市财政局 账号 2018020109200012345',
    '热线 13800138000',
    '发票号码 24442000000012345678',
  ].flatMap((text) => [
    ['a.docx', word(p(text))] as const,
    ['a.xlsx', sheet(inline('名称', text))] as const,
    ['a.ofd', ofd(text)] as const,
    ['a.xls', markup(`<html><table><tr><td>${text}</td></tr></table></html>`)] as const,
  ]),
  ['a.xlsx', sheet('<row><c><v>4.4010619900101101E+17</v></c></row>')],
  ['a.xlsx', sheet(inline('440106', '20200101', '1234') + inline('440105', '20200102', '1235'))],
  ['a.pdf', pdfOf(['2026 441802 19880112 4011'])],
  ['a.pdf', pdfOf(['Tel 0763-3362000', '12345'])],
  ['a.pptx', slide('工作汇报 2026')],
]
const cases = (some: typeof FAULTY) =>
  some.map(([name, bytes], at) => ({
    name: `${at} ${name}`,
    says: async () =>
      (
        await said(personalData, bytes, {
          url: `http://www.thnet.gov.cn/files/${name}`,
          kind: 'file',
          headers: { 'content-type': 'application/octet-stream' },
        })
      ).outcome,
  }))
export const DOCUMENTS_UNSEEN: PlantedTable = {
  rule: 'personal-data',
  faulty: cases(FAULTY),
  sound: cases(CLEAN),
}
