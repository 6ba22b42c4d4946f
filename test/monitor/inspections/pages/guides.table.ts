import {
  ELEMENTS,
  type GuideElement,
  guideElements,
} from '../../../../server/monitor/inspections/pages/guides.ts'
import { said } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

const TEXTS: Readonly<Record<GuideElement, readonly [label: string, text: string]>> = {
  name: ['事项名称', '居住证办理'],
  basis: ['设定依据', '《居住证暂行条例》（国务院令第663号）'],
  conditions: ['申请条件', '在本区居住半年以上的公民。'],
  papers: ['办理材料', '1.申请表；2.身份证原件及复印件；3.居住证明。'],
  place: ['办理地点', '天府路1号政务服务中心一楼3号窗口'],
  hours: ['办理时间', '周一至周五 9:00—12:00、13:00—17:00'],
  phone: ['联系电话', '020-38622000'],
  procedure: ['办理流程', '申请—受理—审核—发证'],
}
type Entry = readonly [label: string, text: string]
export const document = (body: string, title = '居住证办理 - 办事指南') =>
  `<html><head><meta charset="utf-8"><title>${title}</title></head><body><div class="nav"><a href="/">首页</a></div>${body}<div class="foot">主办单位：天河区 联系电话</div></body></html>`
/** As templates of guides lay out their parts. */
export const LAYOUTS: readonly ((entries: readonly Entry[]) => string)[] = [
  (entries) =>
    `<table>${entries.map(([label, text]) => `<tr><th>${label}</th><td>${text}</td></tr>`).join('')}</table>`,
  (entries) => entries.map(([label, text]) => `<p><strong>${label}：</strong>${text}</p>`).join(''),
  (entries) =>
    entries
      .map(([label, text], at) => `<h4>${'一二三四五六七八'[at]}、${label}</h4><div>${text}</div>`)
      .join(''),
  (entries) => `<dl>${entries.map(([label, text]) => `<dt>【${label}】</dt><dd>${text}</dd>`).join('')}</dl>`,
  (entries) =>
    `<div>${entries.map(([label, text], at) => `（${at + 1}）${label}:${text}`).join('<br>')}</div>`,
  (entries) =>
    entries
      .map(
        ([label, text], at) =>
          `<div style="display:${at ? 'none' : 'block'}"><h3>${label}</h3><p>${text}</p></div>`,
      )
      .join(''),
]
const whole = ELEMENTS.map((element) => TEXTS[element])
export const without = (...lack: GuideElement[]) =>
  ELEMENTS.filter((one) => !lack.includes(one)).map((one) => TEXTS[one])
const emptied = (one: GuideElement, text = '') =>
  ELEMENTS.map((element): Entry => (element === one ? [TEXTS[one][0], text] : TEXTS[element]))
const LACKING = ELEMENTS.filter((element) => element !== 'name')

const PLANTED = LAYOUTS.flatMap((layout) => [
  ...LACKING.map((element) => document(layout(without(element)))),
  document(layout(without('place', 'hours'))),
  document(layout(emptied('conditions', '暂无'))),
]).concat(
  LAYOUTS.slice(0, 4).map((layout) => document(layout(emptied('procedure')))),
  // A guide in a column of what is made known is one.
  LAYOUTS.slice(0, 2).map((layout) =>
    document(`<h2>通知公告</h2>${layout(without('basis'))}`, '居住证办事指南_通知公告_天河区'),
  ),
)

/** The same elements by the other names that sites give them. */
const SYNONYMS: readonly Readonly<Partial<Record<GuideElement, string>>>[] = [
  {
    basis: '办理依据',
    conditions: '办理条件',
    papers: '申请材料',
    place: '办公地址',
    hours: '办公时间',
    phone: '咨询电话',
    procedure: '办事流程',
  },
  {
    basis: '法律依据',
    conditions: '受理条件',
    papers: '所需材料',
    place: '受理地点',
    hours: '受理时间',
    phone: '咨询方式',
    procedure: '办理程序',
  },
  {
    basis: '政策依据',
    conditions: '申报条件',
    papers: '申报材料',
    place: '办事地点',
    hours: '工作时间',
    phone: '联系方式',
    procedure: '审批流程',
  },
  {
    name: '服务名称',
    basis: '实施依据',
    papers: '材料清单',
    place: '窗口地址',
    phone: '窗口电话',
    procedure: '流程图',
  },
]
const renamed = (names: Readonly<Partial<Record<GuideElement, string>>>) =>
  ELEMENTS.map((element): Entry => [names[element] ?? TEXTS[element][0], TEXTS[element][1]])
const OTHER_PAGES = [
  '<ul><li><a href="/g/1.html">居住证办理</a></li><li><a href="/g/2.html">生育登记</a></li></ul>',
  '<h2>联系我们</h2><p>办公地址：天府路1号</p><p>联系电话：38622000</p><p>办公时间：9:00—17:00</p>',
  '<h1>关于办理居住证的通知</h1><p>申请条件、办理材料和办理流程见附件。</p>',
  '<h1>区政府办召开会议</h1><p>会议要求公开办事流程。</p>',
  '<p>办事指南请见附件下载。</p><a href="/f.doc">居住证办理办事指南.doc</a>',
  '<h2>招聘公告</h2><p>申请条件：本科以上。</p><p>联系电话：38622000</p>',
]
/** What has conditions, papers and a telephone too, and is no guide. */
const ANNOUNCED: readonly Entry[] = [
  ['申报条件', '在本市注册的独立法人。'],
  ['申报材料', '申报书一式三份。'],
  ['申报时间', '2026年12月1日至20日'],
  ['申报程序', '网上申报—审核—公示'],
  ['联系方式', '020-38622000'],
]
const ANNOUNCING = [
  '关于申报2026年度专项资金的通知',
  '2026年公开招聘公告（第2号）',
  '关于征集评审专家的公告',
  '天河区2026年小学招生通知',
  '关于发布科技计划申报指南的通知',
  '2026年度天河区科技计划项目申报指南',
  '天河区义务教育学校招生入学指南（2026年）',
]
/** Questions and answers of a policy have a guide's words, and need not have all of them. */
const EXPLAINED: readonly Entry[] = [
  ['申请条件', '本市户籍'],
  ['申请材料', '身份证'],
  ['办理流程', '街道受理'],
  ['办理地点', '街道'],
  ['咨询电话', '12345'],
]
/** The same under a heading that does not say what it is, by labels that only a form of words knows. */
const BY_FORM: readonly Entry[] = [
  ['报名条件', '本科以上'],
  ['申请人资格要求', '具备相应资格'],
  ['应提交资料清单', '报名表'],
  ['网上受理时间', '12月1日'],
  ['现场咨询渠道', '020-38622000'],
  ['登记程序', '审核'],
]
const CLEAN = [
  ...ANNOUNCING.flatMap((title) => [
    document(`<h1>${title}</h1>${LAYOUTS[1]?.(ANNOUNCED)}`, `${title}_天河区人民政府`),
    document(`<h1>${title}</h1><h2>办事指南</h2>${LAYOUTS[2]?.(ANNOUNCED)}`, '天河区人民政府'),
  ]),
  ...['公租房政策问答', '公租房保障办法政策解读'].map((title) =>
    document(`<h1>${title}</h1>${LAYOUTS[1]?.(EXPLAINED)}`, `${title}_天河区人民政府`),
  ),
  document(`<h1>专家库</h1>${LAYOUTS[1]?.(BY_FORM)}`, '天河区人民政府'),
  ...LAYOUTS.flatMap((layout) =>
    [whole, ...SYNONYMS.map(renamed)].map((entries) => document(layout(entries))),
  ),
  ...LAYOUTS.map((layout) => document(`<h1>居住证办理</h1>${layout(without('name'))}`)),
  ...OTHER_PAGES.map((body) => document(body)),
  ...OTHER_PAGES.map((body) => document(body, '天河区人民政府')),
]

/** A guide that lacks an element or has nothing behind its label; a whole one by whatever names, and other pages. */
export const GUIDES = tableOf(
  'page-guide',
  PLANTED,
  CLEAN,
  async (html) => (await said(guideElements, html)).outcome,
)
