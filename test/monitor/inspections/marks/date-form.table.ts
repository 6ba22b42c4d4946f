import { dateForm } from '../../../../server/monitor/inspections/marks/date-form.ts'
import { said } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

const BODY = '<div class="con"><p>根据安排，我区将于7月1日至9月30日开展检查，截止时间：08-31。</p></div>'
const article = (info: string, head = '') =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于开展检查的通知</title>${head}</head><body><h1>关于开展检查的通知</h1>${info}${BODY}</body></html>`
const tagged = (content: string) =>
  article('<p>发布时间：2026-11-20 09:30</p>', `<meta name="PubDate" content="${content}">`)
/** As templates set the line below a heading. */
const LINES: readonly ((text: string) => string)[] = [
  (text) => `<div class="info">${text}</div>`,
  (text) => `<p align="center">来源：区政府办 ${text} 字体：大 中 小</p>`,
  (text) => `<table><tr><td>${text}</td><td>来源：本网</td></tr></table>`,
  (text) => `<div><span>${text}</span><span>浏览：12</span></div>`,
]
const lines = (texts: readonly string[]) => texts.flatMap((text) => LINES.map((line) => article(line(text))))

const PLANTED = [
  ...lines([
    '发布时间：11-20',
    '发布日期：11月20日',
    '发布时间: 26-11-20',
    '上传时间：26年11月20日',
    '发布日期：20/11/2026',
    '信息发布时间：11-20',
    '最后发布日期：11月20日',
  ]),
  ...[
    '2026/11/20 09:30',
    '2026年11月20日',
    '20261120',
    '2026-11-20T09:30:00Z',
    '26-11-20 09:30',
    '2026-11-31 25:00',
  ].map(tagged),
]
const CLEAN = [
  ...lines([
    '发布时间：2026-11-20 09:30',
    '发布日期：2026年11月20日',
    '发布时间：2026.11.20',
    '日期：2026/11/20',
    '时间：2026-11-20',
    '发布日期：二〇二六年十一月二十日',
  ]),
  ...lines([
    '截止时间：11-20',
    '会议时间：11月20日',
    '办公时间：9:00—12:00',
    '2026-11-20',
    '来信时间：11-20',
  ]),
  ...lines([
    '发布时间：3-5个工作日',
    '成绩发布时间：12月25日',
    '录取结果公布日期：7-12',
    '成绩查询时间：6月25日，录取结果公布日期：7-12',
    '榜单发布时间：12月25日前',
  ]),
  ...['2026-11-20 09:30', '2026-11-20 09:30:15', '2026-11-20', '', ' 2026-11-20 23:59 '].map(tagged),
  article('<ul><li><a href="/1.html">召开会议</a><span>11-20</span></li></ul>'),
]

/** The day of publication, not written in full; written so, and days of something else. */
export const DATE_FORMS = tableOf(
  'mark-date-form',
  PLANTED,
  CLEAN,
  async (html) => (await said(dateForm, html)).outcome,
)
