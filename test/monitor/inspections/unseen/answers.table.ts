import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { atOnce } from '../../../../server/base/slices.ts'
import { type BookWord, buildBook, wrongPlaces } from '../../../../server/monitor/wrong-words/book.ts'
import { cfb, cut, judge, STREAM, text } from '../outbound/file.table.ts'
import { type Answer, saysOf } from '../outbound/soft-404.table.ts'
import { type PlantedTable, tableOf } from '../planted-table.ts'

const page = (title: string, body: string) =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`
const rows = (n: number, seed = '') =>
  Array.from(
    { length: n },
    (_, at) => `<li><a href="/c/${seed}${at}.html">清远市水务局第${at}号${seed}通知</a></li>`,
  ).join('')
const now = (n: number) =>
  `2026年11月29日 09:${String(n % 60).padStart(2, '0')}:${String((n * 7) % 60).padStart(2, '0')}`
const token = (n: number) => ((n + 1) * 2654435761).toString(16).repeat(4)

const FAULTY: readonly Answer[] = [
  { body: (_u, n) => page('天河区人民政府', `<p>现在时间 ${now(n)}</p><ul>${rows(30)}</ul>`) },
  { body: (_u, n) => page('天河区人民政府', `<input name="csrf" value="${token(n)}"><ul>${rows(20)}</ul>`) },
  { body: (u) => page('天河区人民政府', `<link rel="canonical" href="${u}"><ul>${rows(20)}</ul>`) },
  { body: '' },
  { body: ' \n ' },
  { body: '\ufeff' },
  { body: '<!-- -->' },
  { body: 'null' },
  { body: '[]' },
  { body: '{"success":false,"errorCode":404}' },
  { body: 'File not found.' },
  { body: '404 Not Found' },
  { body: 'Error 404--Not Found' },
  { body: page('错误', '<img src="/404.jpg">') },
  { body: page('', '<script>window.location.replace("/index.html")</script>') },
  { body: page('', '<script>top.location="/"</script>') },
  { body: page('跳转中', '<p>3秒后返回首页</p>') },
  { body: page('天河区人民政府', `<ul>${rows(40)}</ul>`), to: '/index.htm' },
  { body: page('首页', `<ul>${rows(40)}</ul>`), to: 'http://m.thnet.gov.cn/' },
  { body: page('404', '<p>您所访问的页面不存在或已删除</p>'), to: '/404.html' },
  { body: page('无标题', '<div id="app"></div><script src="/app.js"></script>') },
  { body: page('错误信息', '<p>参数错误</p>') },
  { body: (u, n) => page('系统提示', `<p>无法找到资源 ${u} 事件编号 ${token(n)}</p>`) },
  {
    body: (_u, n) => page('天河区', `<div class="visits">总访问量：${120000 + n}</div><ul>${rows(25)}</ul>`),
  },
  { body: (_u, n) => page('提示', `<p>页面不存在</p><ul>${rows(3, String(n))}</ul>`) },
  { body: page('该栏目正在建设中', '<p>敬请期待</p>') },
]
const SOUND: readonly Answer[] = [
  { status: 404, body: '' },
  { status: 404, body: page('首页', rows(10)) },
  { status: 404, body: page('登录', '请登录') },
  { status: 410, body: 'Gone' },
  { status: 404, to: '/404.html', body: 'x' },
  { status: 403, body: page('拒绝', '请求被拦截') },
  { status: 500, body: 'Whitelabel Error Page' },
  { status: 400, body: 'Bad Request' },
  { cause: 'timeout' },
  { cause: 'refused' },
  { isBlocked: true },
  { status: 451 },
  { status: 429 },
  { status: 503, body: page('维护', '系统维护') },
  { status: 405 },
]
export const SOFT_UNSEEN = tableOf('soft-404', FAULTY, SOUND, saysOf)

const HTML_404 = text(page('404', '文件不存在'))
const PDF = text(
  `%PDF-1.6\n1 0 obj\n<</Type/Catalog>>\nendobj\n${'%filling\n'.repeat(600)}xref\n0 1\ntrailer\n<<>>\nstartxref\n9\n%%EOF`,
)
const office = (type: string, part: string, more: Record<string, Uint8Array> = {}) =>
  zipSync({
    '[Content_Types].xml': text(
      `<Types><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
    ),
    '_rels/.rels': text('<Relationships/>'),
    [part]: text('<x/>'),
    ...more,
  })
const DOCX = office('wordprocessingml.document', 'word/document.xml', {
  'word/media/image1.png': new Uint8Array(5_000),
})
const XLSX = office('spreadsheetml.sheet', 'xl/workbook.xml')
const PPTX = office('presentationml.presentation', 'ppt/presentation.xml')
const OFD = zipSync({
  'OFD.xml': text('<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'),
  'Doc_0/Document.xml': text('<x/>'),
})
const GZ = new Uint8Array([
  0x1f,
  0x8b,
  8,
  0,
  0,
  0,
  0,
  0,
  0,
  3,
  ...deflateRawSync(Buffer.from('x')),
  0,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
])
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Uint8Array(300)])
const MP4 = new Uint8Array([0, 0, 0, 0x18, ...text('ftypmp42'), ...new Uint8Array(400)])
const json = text('{"code":500,"msg":"文件不存在"}')
type Case = readonly [name: string, bytes: Uint8Array, type?: string]
const BROKEN: readonly Case[] = [
  ['附件1.docx', new Uint8Array(0)],
  ['附件2.ofd', HTML_404],
  ['附件3.pdf', json],
  ['附件4.docx', json, 'application/json'],
  [
    '表.xls',
    text(
      '<!doctype html><html><head><meta charset=utf-8><title>登录</title></head><body>请登录</body></html>',
    ),
  ],
  ['表.xlsx', text('<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code></Error>')],
  ['报告.pdf', text('ORA-00942: table or view does not exist')],
  ['报告.pdf', cut(PDF)],
  ['报告.docx', cut(DOCX)],
  ['报告.zip', cut(OFD)],
  ['报告.doc', cfb(1)],
  ['报告.pdf', new Uint8Array(4_096)],
  ['报告.docx', new Uint8Array(4_096)],
  ['报告.pdf', PNG],
  ['报告.pdf', DOCX],
  ['报告.docx', PDF],
  ['报告.docx', XLSX],
  ['报告.xlsx', PPTX],
  ['报告.rar', PDF],
  ['报告.zip', HTML_404, 'text/html'],
  ['报告.mp4', HTML_404],
  ['报告.jpg', HTML_404],
  ['报告.docx', DOCX, 'text/html; charset=gbk'],
  ['报告.ofd', OFD, 'text/plain; charset=gbk'],
  ['报告.xls', text('   ')],
  ['报告.pdf', text('\r\n\r\n')],
]
const WELL: readonly Case[] = [
  ['附件1.docx', DOCX],
  ['附件1.DOCX', DOCX, 'application/msword'],
  ['附件1.doc', DOCX],
  ['附件.wps', cfb(5)],
  ['附件.wps', DOCX],
  ['附件.et', XLSX],
  ['附件.et', cfb(5, 'Workbook')],
  ['附件.dps', PPTX],
  ['附件.xls', cfb(5, 'Workbook')],
  ['附件.xls', XLSX],
  ['附件.ppt', cfb(6, 'PowerPoint Document')],
  ['附件.ofd', OFD, 'application/ofd'],
  ['附件.ofd', OFD, STREAM],
  ['附件.ofd', OFD, 'text/plain'],
  ['附件.pdf', PDF],
  ['附件.pdf', PDF, 'application/x-pdf'],
  ['附件.pdf', new Uint8Array([0xef, 0xbb, 0xbf, ...PDF])],
  ['附件.pdf', new Uint8Array([10, 10, ...PDF])],
  ['附件.pdf', new Uint8Array([...PDF, 0, 0, 0, 0])],
  ['附件.zip', OFD],
  ['附件.zip', zipSync({})],
  ['附件.tar.gz', GZ],
  ['附件.gz', GZ, 'application/gzip'],
  ['附件.png', PNG, 'image/png'],
  ['附件.jpg', PNG, 'image/jpeg'],
  ['附件.mp4', MP4, 'video/mp4'],
  ['附件.csv', text('a,b\n1,2'), 'application/vnd.ms-excel'],
  ['附件.txt', text('说明'), 'text/plain; charset=gbk'],
  ['附件.xml', text('<?xml version="1.0"?><a/>'), 'text/xml'],
  ['附件.json', json, 'application/json'],
  ['附件.xls', text('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table></table></html>')],
  ['附件.xls', text('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')],
  ['附件.doc', text('{\\rtf1 x}')],
  ['附件.doc', text('MIME-Version: 1.0\r\nContent-Type: multipart/related')],
  ['附件.mht', text('MIME-Version: 1.0\r\nContent-Type: multipart/related')],
  ['download.jsp', DOCX],
  ['attach', PDF, 'application/pdf'],
  ['file.do', cfb(5)],
  [
    '附件.docx',
    zipSync({
      'word/document.xml': text('<x/>'),
      '[Content_Types].xml': text(
        '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
    }),
  ],
  ['附件.dwg', text('AC1027xxxxxx')],
  ['附件.swf', text('CWSxxxxxxxx')],
  ['附件.apk', zipSync({ 'AndroidManifest.xml': text('x') })],
  [
    '附件.odt',
    zipSync({ mimetype: text('application/vnd.oasis.opendocument.text'), 'content.xml': text('<x/>') }),
  ],
  ['附件.exe', text('MZ.....')],
  ['附件.ceb', text('Founder CEB')],
  ['附件.caj', text('CAJ....')],
  ['附件.tif', new Uint8Array([0x49, 0x49, 0x2a, 0, ...new Uint8Array(60)])],
  ['附件.xlsm', XLSX],
  ['附件.dotx', office('wordprocessingml.template', 'word/document.xml')],
]
const files = (cases: readonly Case[]) =>
  cases.map(([name, bytes, type]) => ({
    name: `${name} ${type ?? ''} ${Buffer.from(bytes.subarray(0, 30)).toString('latin1')}`,
    says: async () =>
      (await judge(name, bytes, type)).fault === null ? ('clear' as const) : ('found' as const),
  }))
export const FILES_UNSEEN: PlantedTable = {
  rule: 'attachment-opens',
  faulty: files(BROKEN),
  sound: files(WELL),
}

const word = (wrong: string, right: string, more: Partial<BookWord> = {}): BookWord => ({
  ...{ id: 0, kind: 'other', wrong, right, refused: [], near: [], apart: [] },
  ...more,
})
const BOOK = atOnce(
  buildBook(
    '1',
    [
      word('必需坚持', '必须坚持'),
      word('习近平新时代中国特色主义思想', '习近平新时代中国特色社会主义思想'),
      word('两个确定', '两个确立'),
      word('两个确立坚决', '两个确立'),
      word('四个自立', '四个自信'),
      word('清远巿', '清远市'),
      word('林伟明市长', '林伟明（原市长）'),
      word('台湾国', '台湾地区'),
      word('北江区', '清城区', { apart: ['北江区间', '北江区域'] }),
      word('截止目前', '截至目前'),
    ].map((one, at) => ({ ...one, id: at + 1 })),
  ),
)
export const WORDS_UNSEEN = tableOf(
  'wrong-words',
  [
    '我们必需坚持党的领导',
    '“两个确定”',
    '两个 确定',
    '两个　确定',
    '两\n个确定'.replace('\n', ' '),
    '深刻领悟“两个确立坚决做到”',
    '四个自立。',
    '清远巿水务局',
    '清远巿',
    '林伟明市长出席',
    '赴台湾国交流',
    '北江区召开会议',
    '截止目前，我市',
    '截止目前北江区',
    '习近平新时代中国特色主义思想',
    '两​个确定',
    '学习习近平新时代中国特色主义思想座谈会在清远巿召开',
    '两個確定'.replace('個', '个').replace('確', '确'),
    '"四个自立"',
    '北江区、北江区间',
  ],
  [
    '我们必须坚持党的领导',
    '两个确立',
    '四个自信',
    '清远市',
    '林伟明（原市长）',
    '台湾地区',
    '北江区间洪峰',
    '北江区域治理',
    '截至目前',
    '两，个确定'.replace('，', '。'),
    '两个：确定事项',
    '这两个。确定了方案',
    '习近平新时代中国特色社会主义思想',
    '四个自、立',
    '清远。巿',
    '林伟明 副市长',
    '必需品。坚持到底',
    '北江、区',
    '台湾。国务院',
    '截止日期：目前未定',
  ],
  (one) => (wrongPlaces(BOOK, one).length > 0 ? 'found' : 'clear'),
)
