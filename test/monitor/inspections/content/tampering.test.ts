import { expect, test } from 'vitest'
import { atOnce } from '../../../../server/base/slices.ts'
import { foreignWords } from '../../../../server/monitor/inspections/content/foreign-words.ts'
import { type HomeLimits, judgeHome } from '../../../../server/monitor/inspections/content/home/judge.ts'
import { printOf } from '../../../../server/monitor/inspections/content/home/print.ts'
import { shownBesides } from '../../../../server/monitor/inspections/content/site-rules.ts'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { labelledPages, retrieved, SITE, said } from '../pages.ts'

const page = (title: string, metas: Record<string, string> = {}, body = '<p>天河区人民政府</p>') =>
  `<html><head><meta charset="utf-8"><title>${title}</title>${Object.entries(metas)
    .map(([name, content]) => `<meta name="${name}" content="${content}">`)
    .join('')}</head><body>${body}</body></html>`

const TAMPERED: readonly string[] = [
  page('澳门新葡京官网_百家乐在线'),
  page('百 家 乐 - 天河区人民政府'),
  page('&#30334;&#23478;&#20048;'),
  page('時時彩平台_注册送彩金'),
  page('bet365体育投注'),
  page('ｂｅｔ３６５官网'),
  page('爱游戏体育(中国)官方网站'),
  page('开云体育app下载'),
  page('亚博体育-首页'),
  page('六合彩开奖结果'),
  page('北京赛车pk10直播'),
  page('成人视频免费观看'),
  page('日本av无码高清'),
  page('同城约炮裸聊'),
  page('代开发票加微信'),
  page('迷药购买 听话水'),
  page('天河区人民政府', { keywords: '百家乐,真人视讯' }),
  page('天河区人民政府', { description: '澳门金沙娱乐注册送彩金' }),
  page('天河区人民政府', { Keywords: '太阳城娱乐,网上赌场' }),
  page('皇冠体育官网'),
  page('威尼斯人娱乐城'),
  page('老虎机游戏平台'),
  page('百·家·樂'),
  page('体育投注-天河区教育局'),
]

const HONEST: readonly string[] = [
  ...[
    '天河区人民政府门户网站',
    '严厉打击网络赌博违法犯罪',
    '关于查处网上投注案件的通报',
    '警惕“百家乐”等网络赌博陷阱',
    '广东省体育彩票管理中心',
    '中国福利彩票双色球公益金使用情况',
    '打击六合彩专项行动',
    '扫黄打非 清理色情网站',
    '关于防范跨境赌博的提示',
    '成人教育学院招生简章',
    '成人高考报名公告',
    '全区体育工作会议召开',
    '娱乐场所管理条例',
    '游艺娱乐场所审批',
    '天河区体育局',
    '打击非法代开发票行为',
    '打击制售假药犯罪',
    '毕业证书遗失补办指南',
    '禁毒宣传：远离迷药',
    '关于整治老虎机等赌博机的通告',
    '棋牌室安全检查',
    '老年人棋牌比赛',
    '太阳城社区卫生服务中心',
    '皇冠酒店消防检查',
    '金沙街道办事处',
    '威尼斯水城消防演练',
    '银河烈士陵园',
    '永利村村务公开',
    '开云镇人民政府',
    '乐鱼镇',
    '美高梅酒店安全生产检查',
    '世界杯足球比赛期间安全提示',
    '体育赛事活动管理办法',
    '福彩开奖公告',
    '竞彩业务监管',
    '国产大飞机',
    '欧美同学会',
    '激情广场大家唱',
    '黄色预警信号',
    '黄色粘虫板发放',
  ].map((title) => page(title)),
  page('天河区人民政府', { keywords: '天河,政府,政务公开', description: '天河区人民政府门户网站' }),
]

test('words of betting, pornography and shams in title, description and keywords are found', async () => {
  const missed: string[] = []
  for (const html of TAMPERED) if ((await said(foreignWords, html)).outcome !== 'found') missed.push(html)
  expect(missed).toEqual([])
})

test('honest titles, and those that speak against betting, are not', async () => {
  const wrong: string[] = []
  for (const html of HONEST) if ((await said(foreignWords, html)).outcome === 'found') wrong.push(html)
  expect(HONEST.length).toBeGreaterThanOrEqual(40)
  expect(wrong).toEqual([])
})

/** Mirrors of which spammers have rewritten the title: there it is so. */
test('of real pages only those are told whose title was rewritten', async () => {
  const wrong: string[] = []
  for (const { file, bytes } of labelledPages()) {
    const outcome = await said(foreignWords, bytes)
    if (outcome.outcome === 'found')
      wrong.push(`${file}: ${outcome.problems.map(({ excerpt }) => excerpt).join()}`)
  }
  expect(wrong).toEqual([])
})

const LIMITS = inspectionRule('home-replaced')?.limits as unknown as HomeLimits
const parsed = (html: string) =>
  parsePage(new TextEncoder().encode(html), 'text/html; charset=utf-8', SITE.url)
const shown = (html: string) => ({
  page: retrieved(html, { depth: 0, url: SITE.url }),
  parsed: parsed(html),
})

test('what only search robots are shown of betting, pornography and shams is told; another honest page is not', () => {
  const people = shown(page('天河区人民政府'))
  const isTold = (html: string) => atOnce(shownBesides(people, shown(html), SITE)) !== null
  expect(TAMPERED.length).toBeGreaterThanOrEqual(20)
  expect(TAMPERED.filter((html) => !isTold(html))).toEqual([])
  expect(HONEST.length).toBeGreaterThanOrEqual(40)
  expect(HONEST.filter(isTold)).toEqual([])
  const tampered = TAMPERED[0] ?? ''
  expect(atOnce(shownBesides(shown(tampered), shown(tampered), SITE)), 'people are shown it, too').toBeNull()
})

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
