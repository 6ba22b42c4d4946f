import { guideElements } from '../../../../server/monitor/inspections/pages/guides.ts'
import { said } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

type Row = readonly [string, string]
const FULL: readonly Row[] = [
  ['事项名称', '取水许可'],
  ['设定依据', '《中华人民共和国水法》第七条'],
  ['申请条件', '直接从江河取水的单位或个人'],
  ['申请材料', '1.取水许可申请书；2.水资源论证报告书'],
  ['办理地点', '清远市北江二路政务服务中心3号窗'],
  ['办理时间', '周一至周五9:00-12:00'],
  ['咨询电话', '0763-3362000'],
  ['办理流程', '申请、受理、审查、决定、送达'],
]
const wrap = (body: string, title = '取水许可 办事指南') =>
  `<html><head><title>${title}</title></head><body><div class="nav"><a href="/">首页</a></div><h1>${title}</h1>${body}<div class="foot">主办：清远市水务局</div></body></html>`
const KINDS: readonly ((rows: readonly Row[]) => string)[] = [
  (rows) =>
    `<table>${rows.map(([a, b]) => `<tr><td><b>${a}</b></td><td colspan=3>${b}</td></tr>`).join('')}</table>`,
  (rows) => `<dl>${rows.map(([a, b]) => `<dt>${a}</dt><dd>${b}</dd>`).join('')}</dl>`,
  (rows) => rows.map(([a, b], n) => `<h2>${n + 1}. ${a}</h2><p>${b}</p>`).join(''),
  (rows) =>
    `<ul class="tabs">${rows.map(([a]) => `<li><a href="#">${a}</a></li>`).join('')}</ul>${rows.map(([a, b], n) => `<div class="con" ${n && 'style="display:none"'}><h3>${a}</h3><div>${b}</div></div>`).join('')}`,
  (rows) => rows.map(([a, b], n) => `<p>（${'一二三四五六七八'[n]}）${a}</p><p>${b}</p>`).join(''),
  (rows) => rows.map(([a, b]) => `<p>【${a}】${b}</p>`).join(''),
]
const without = (at: number) => FULL.filter((_, n) => n !== at)
const emptied = (at: number) => FULL.map(([a, b], n): Row => [a, n === at ? '' : b])
const renamed = (names: Readonly<Record<string, string>>) => FULL.map(([a, b]): Row => [names[a] ?? a, b])
export const GUIDES_UNSEEN = tableOf(
  'page-guide',
  [
    ...KINDS.flatMap((kind, k) => [1, 3, 4, 6, 7].map((at) => wrap(kind(without((at + k) % 8 || 2))))),
    ...KINDS.slice(0, 3).flatMap((kind) => [2, 3, 7].map((at) => wrap(kind(emptied(at))))),
  ],
  [
    ...KINDS.map((kind) => wrap(kind(FULL))),
    ...KINDS.map((kind) => wrap(kind([...FULL].reverse()))),
    ...KINDS.map((kind) =>
      wrap(
        kind(
          renamed({
            设定依据: '法定依据',
            申请条件: '受理条件',
            申请材料: '提交材料',
            办理地点: '受理地点',
            办理时间: '办公时间',
            咨询电话: '咨询方式',
            办理流程: '办理程序',
          }),
        ),
      ),
    ),
    ...KINDS.map((kind) =>
      wrap(
        kind(
          renamed({
            事项名称: '名称',
            设定依据: '审批依据',
            申请条件: '准予条件',
            申请材料: '所需材料',
            办理地点: '办理窗口',
            办理时间: '工作时间',
            咨询电话: '联系方式',
            办理流程: '审批流程',
          }),
        ),
      ),
    ),
    ...KINDS.map((kind) =>
      wrap(
        kind(
          renamed({
            设定依据: '实施依据',
            申请条件: '申办条件',
            申请材料: '材料清单',
            办理地点: '办理地址',
            办理时间: '服务时间',
            咨询电话: '服务热线',
            办理流程: '申办流程',
          }),
        ),
      ),
    ),
    wrap(
      '<p>为方便群众，我局编制了办事指南，现予以公布。</p><ul><li><a href="/1.html">取水许可办事指南</a></li><li><a href="/2.html">河道采砂许可办事指南</a></li></ul>',
      '办事指南',
    ),
    wrap(
      '<p>为贯彻落实水法，近日我局印发办事指南编制规范，明确了申请条件、办理流程等要素。</p>',
      '我局规范办事指南编制',
    ),
    wrap('<p>一、招标条件</p><p>本招标项目已批准</p><p>二、联系方式</p><p>0763-3362000</p>', '招标公告'),
    wrap(
      KINDS[0]?.([...FULL, ['办结时限', '20个工作日'], ['收费标准', '不收费'], ['监督电话', '12345']]) ?? '',
    ),
  ],
  async (html) => (await said(guideElements, html)).outcome,
)
