import { expect, test } from 'vitest'
import { readImprint } from '../../../server/monitor/imprints/read.ts'
import { foreignWords } from '../../../server/monitor/inspections/content/foreign-words.ts'
import { hiddenLinks } from '../../../server/monitor/inspections/content/hidden-links.ts'
import { isReport } from '../../../server/monitor/inspections/marks/annual-report.ts'
import { dateForm } from '../../../server/monitor/inspections/marks/date-form.ts'
import type { PageRule } from '../../../server/monitor/inspections/rule.ts'
import { words } from './marks/annual-report.table.ts'
import { said } from './pages.ts'
import { site } from './unseen/hidden.table.ts'

/* What rules once said of honest pages, as somebody proved who had read them: none of it may be said again. */

async function toldBy(rule: PageRule, pages: readonly string[]): Promise<string[]> {
  const told: string[] = []
  for (const html of pages) if ((await said(rule, html)).outcome === 'found') told.push(html)
  return told
}

const link = (text: string, host: string) => `<a href="https://${host}/">${text}</a>`
const hover = (links: string) => site(`<ul class="sub" style="display:none">${links}</ul>`)

test('menus that open are no hidden links, whatever one of their words may mean elsewhere', async () => {
  const media = [
    link('微博', 'weibo.com'),
    link('百家号', 'baijiahao.baidu.com'),
    link('头条号', 'www.toutiao.com'),
  ].join('')
  expect(
    await toldBy(hiddenLinks, [
      hover(media),
      hover(link('百家号', 'www.baijia.net')),
      hover(
        `${link('邮箱', 'mail.qy-water.com')}${link('OA', 'oa.qy-water.com')}${link('VPN', 'vpn.qy-water.com')}`,
      ),
      hover(`${link('软科排名', 'www.shanghairanking.com')}${link('VPN', 'vpn.qy-water.com')}`),
      hover(link('无障碍辅助', 'www.wza.com')),
      hover(link('航信开票', 'www.hangxin.com')),
      hover(link('永利电器', 'www.yonglidq.com')),
      hover(link('欧洲杯竞猜', 'sports.sina.com.cn')),
      hover(link('外围环线', 'www.road.com')),
      hover(link('医疗用毒性药品', 'www.drug.com')),
    ]),
  ).toEqual([])
})

const titled = (title: string, metas = '', body = '<img src="/1.jpg"><img src="/2.jpg">') =>
  `<html><head><meta charset="utf-8"><title>${title}</title>${metas}</head><body>${body}</body></html>`
const NEWS = `<ul>${'<li>全市防汛工作会议召开，部署今冬明春水利建设</li>'.repeat(5)}</ul>`
const TITLES = ['百家讲坛', '激情六月', '水枪节', '快三年', '外围环线', '真人CS', '枪击案']

test('titles of every day are nobody else’s, over pictures and over text', async () => {
  const keywords = '<meta name="keywords" content="网上办证,发票,公交查询,停车">'
  expect(
    await toldBy(foreignWords, [
      ...TITLES.map((title) => titled(title)),
      ...TITLES.map((title) => titled(title, '', NEWS)),
      titled('清远市水务局', keywords),
      titled('清远市水务局', keywords, NEWS),
    ]),
  ).toEqual([])
})

test('what announces a report is the report; what asks for it is not', () => {
  const of = (text: string) => isReport(text, 2025, words)
  const there = [
    '关于公布2025年政府网站工作年度报表的公告',
    '关于公开2025年政府网站工作年度报表的通知',
    '关于发布2025年度政府网站年度报表的公告',
  ]
  const asked = [
    '关于填报2025年政府网站工作年度报表的通知',
    '关于做好2025年政府网站工作年度报表的通知',
    '关于报送2025年政府网站年报的函',
    '关于开展2025年政府网站年度报表编制工作的通知',
  ]
  expect([there.filter((one) => !of(one)), asked.filter(of)]).toEqual([[], []])
})

test('the time of what is announced is not when it was published', async () => {
  const article = (title: string, below: string) =>
    `<html><head><meta charset="utf-8"></head><body><h1>${title}</h1>${below}<p>欢迎参加。</p></body></html>`
  expect(
    await toldBy(dateForm, [
      article('数字政府讲座预告', '<p>时间：3月5日（周六）9:30</p>'),
      article('停电通知', '<p>日期：3月5日</p>'),
      article('征稿启事', '<p>本报编辑部征稿，时间：3月5日</p>'),
      article('打印服务', '<p>现场打印准考证，时间：3月5日</p>'),
    ]),
  ).toEqual([])
  expect(
    await toldBy(dateForm, [article('会议召开', '<p>时间：3月5日　来源：本网</p>')]),
    'beside its source it is',
  ).toHaveLength(1)
})

test('a unit is none of the links of a foot, nor who runs what the news tells of', () => {
  const units = (html: string) => readImprint([html], { title: '', unseen: null }).units
  expect(
    units(
      '<div><a href="/s">网站声明</a> <a href="/z">主办单位</a> <a href="/l">联系我们</a></div><p>清远市教育局主办</p>',
    ),
  ).toEqual(['清远市教育局'])
  for (const news of ['本次展览由市文化局主办，欢迎参观', '由市文化局主办的展览', '展览由市文化局主办'])
    expect(units(`<p>${news}</p>`), news).toEqual([])
})
