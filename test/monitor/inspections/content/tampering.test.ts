import { expect, test } from 'vitest'
import { atOnce } from '../../../../server/base/slices.ts'
import { foreignWords } from '../../../../server/monitor/inspections/content/foreign-words.ts'
import { type HomeLimits, judgeHome } from '../../../../server/monitor/inspections/content/home/judge.ts'
import { printOf } from '../../../../server/monitor/inspections/content/home/print.ts'
import { shownBesides } from '../../../../server/monitor/inspections/content/site-rules.ts'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { labelledPages, retrieved, SITE, said } from '../pages.ts'
import { WARNING } from './home.table.ts'
import {
  DOORS_OF_OFFICES,
  FILLED,
  LISTED,
  ofOffice,
  page,
  parsed,
  REPORTED,
  shown,
  TAMPERED,
  TODAY,
} from './tampering.table.ts'

test('what people are shown, too, is not shown to search robots alone', () => {
  const tampered = shown(TAMPERED[0] ?? '')
  expect(atOnce(shownBesides(tampered, tampered, SITE))).toBeNull()
})

const LIMITS = inspectionRule('home-replaced')?.limits as unknown as HomeLimits
const words = (seed: string, n: number) =>
  Array.from({ length: n }, (_, at) => `${seed}第${at}条${seed}工作动态`).join('。')
const HOME = page(
  '天河区人民政府门户网站',
  {},
  `<div class="nav menu">${words('天河政务', 40)}</div><div class="list news">${words('公开', 60)}</div><div class="foot">主办单位：天河区人民政府办公室 网站标识码4401060001</div>`,
)
const HISTORY = [printOf(parsed(HOME))]
const verdict = (html: string) => judgeHome(parsed(html), SITE, HISTORY, LIMITS).verdict

test('a home page that is another\u2019s is told; a new design, a notice or a new day is not', () => {
  const casino = page('真人视讯_百家乐', {}, `<section class="hero">${words('注册送彩金', 50)}</section>`)
  const hacked = page(
    'H4ck3d',
    {},
    `<center class="x">Hacked by crew, greetz to all. ${'your security is nothing. '.repeat(4)}</center>`,
  )
  expect(verdict(casino)).toBe('replaced')
  expect(verdict(hacked)).toBe('replaced')
  expect(verdict(HOME)).toBe('like')
  expect(verdict(HOME.replaceAll('第1', '第9'))).toBe('like')
  expect(
    verdict(
      page(
        '天河区人民政府',
        {},
        `<main class="grid">${'页面焕然一新，栏目重新编排，字体更大，颜色更清楚，欢迎提出宝贵意见。'}</main>`,
      ),
    ),
  ).toBe('redesigned')
  expect(
    verdict(
      page(
        '网站',
        {},
        `<main class="grid">${'全部内容重新编排，版式焕然一新，欢迎使用并提出宝贵意见'} 网站标识码4401060001</main>`,
      ),
    ),
  ).toBe('redesigned')
  expect(
    verdict(
      page('提示', {}, '<p>本网站正在升级维护，预计于下周恢复访问，给您带来不便，敬请谅解，特此通知。</p>'),
    ),
  ).toBe('unknown')
  expect(
    verdict(
      page(
        'Welcome to nginx!',
        {},
        '<p>If you see this page, the nginx web server is successfully installed and working.</p>',
      ),
    ),
  ).toBe('unknown')
  expect(verdict('<div id="app"></div>')).toBe('unknown')
  expect(judgeHome(parsed(HOME), SITE, [], LIMITS)).toEqual({ verdict: 'unknown', reason: 'noHistory' })
})

test('a home page of megabytes that says again and again that it leads elsewhere holds nobody up', () => {
  expect(verdict(`<meta ${'http-equiv=refresh '.repeat(50_000)}`)).toBe('unknown')
  expect(verdict(`<script>${'window. '.repeat(125_000)}`)).toBe('unknown')
})

test('where a home page without words leads is seen at its beginning, whatever fills the rest', () => {
  const filled = `<script>${'var nothing = 0;'.repeat(200_000)}</script>`
  const leading = (url: string) =>
    `<html><head><meta http-equiv="refresh" content="0;url=${url}"></head><body>${filled}</body></html>`
  expect(verdict(leading('http://www.yabo66.example/'))).toBe('replaced')
  expect(verdict(leading('/index/index.html'))).toBe('unknown')
})

const ANTI = [
  ...['男子沉迷百家乐欠债百万', '老虎机流入乡村小卖部', '网上赌场害惨一家人'],
  ...['小伙轻信刷单损失三万', '六合彩害人家破人亡', '裸聊敲诈套路多'],
]
const linked = (some: readonly string[]) => some.map((one) => `<a href="/b/1.html">${one}</a>`).join('')
const POLICE = (some: readonly string[], body = '') =>
  page(
    '天河公安',
    {},
    `<h1>天河区人民政府 网站标识码4401060001</h1>${linked(some)}<p>${words('平安天河', 20)}</p>${body}`,
  )

test('a police home page that is what it always was is not held against its headlines, nor is one of a new design', () => {
  const of = (html: string, was: string) => judgeHome(parsed(html), SITE, [printOf(parsed(was))], LIMITS)
  expect(of(POLICE(ANTI), POLICE(ANTI)).verdict).toBe('like')
  // Much is new around what stood there before.
  const news = `<p>${words('辖区警务', 20)}${words('便民窗口', 20)}</p>`
  expect(of(POLICE(ANTI, news), POLICE(ANTI)).verdict).toBe('like')
  expect(of(POLICE(ANTI), page('旧版', {}, words('全然不同', 60))).verdict).toBe('redesigned')
})

test('a title that has the site’s own name is not another’s, be it without what says that it is a site', async () => {
  const site = { ...SITE, name: '银河电子官网', unitName: '羊城电影院门户网站' }
  const titled = (title: string) => {
    const one = retrieved(page(title, {}, words('防汛工作会议召开', 20)))
    return foreignWords.look(one, parsePage(one.bytes, 'text/html; charset=utf-8', one.finalUrl), site, {
      leastText: 30,
    })
  }
  expect((await titled('羊城电影院 免费观看_在线观看_高清')).outcome).toBe('clear')
  expect((await titled('星辰电影院 免费观看_在线观看_高清')).outcome).toBe('found')
})

test('a title that a script puts together of one long text thousands of times is judged by its beginning', async () => {
  const script = `var a='百家乐${'甲'.repeat(60_000)}';document.title=[${'a,'.repeat(9_000)}a].join('')`
  const hostile = page('天河区教育局', {}, `${words('防汛工作会议召开', 20)}<script>${script}</script>`)
  expect(['clear', 'found']).toContain((await said(foreignWords, hostile)).outcome)
})

test('a page that is called thousands of things is compared with each of them in time', async () => {
  const title = (n: number) => `document.title="澳门新葡京娱乐城官网是一个很长的句子里面的说法${n}";`
  const script = `<script>${Array.from({ length: 60 }, (_, n) => title(n)).join('')}</script>`
  const hostile = page('天河区教育局', {}, `<p>${words('防汛工作会议召开', 20_000)}</p>${script.repeat(20)}`)
  expect((await said(foreignWords, hostile)).outcome).toBe('found')
})

async function saying(pages: readonly string[], outcome: string): Promise<string[]> {
  const told: string[] = []
  for (const one of pages) if ((await said(foreignWords, one)).outcome === outcome) told.push(one)
  return told
}

test('an article put in among an office’s own is told by what fills it, whatever it is called', async () => {
  expect(await saying(FILLED, 'clear')).toEqual([])
})

test('a title by which those who bet call themselves today is told on a page that knows nothing of them', async () => {
  expect(await saying(TODAY.map(ofOffice), 'clear')).toEqual([])
})

test('a title that leads to an app or a sign-in is an office’s own, though its page says it in other words', async () => {
  expect(await saying(DOORS_OF_OFFICES.map(ofOffice), 'found')).toEqual([])
})

test('a list of what must not be sold, or of kinds of fraud, warns of it and fills no page', async () => {
  expect(await saying(LISTED, 'found')).toEqual([])
  for (const one of WARNING) expect(verdict(one), one).not.toBe('replaced')
})

test('what a page reports in as many words is no tampering, whatever word of betting is in its title', async () => {
  expect(await saying(REPORTED, 'found')).toEqual([])
})

test('what a firewall asks its visitors is no trade that has taken a home page over', () => {
  const asks = '请完成验证后继续访问，本次访问需要人机识别，免费电话客服专业处理，优惠。请稍候。'
  expect(verdict(page('安全验证', {}, `<p>${asks}</p>`))).toBe('unknown')
})

test('no real home page held against another of the same site or against itself is said to be replaced', () => {
  const homes = labelledPages().filter(({ file }) => /index\.html$/.test(file))
  const replaced = homes.flatMap(({ file, bytes }, at) => {
    const one = parsePage(bytes, 'text/html', SITE.url)
    const others = [homes[at], homes[(at + 7) % homes.length]].flatMap((other) =>
      other ? [printOf(parsePage(other.bytes, 'text/html', SITE.url))] : [],
    )
    return others.flatMap((other) =>
      judgeHome(one, SITE, [other], LIMITS).verdict === 'replaced' ? [file] : [],
    )
  })
  expect(replaced).toEqual([])
})
