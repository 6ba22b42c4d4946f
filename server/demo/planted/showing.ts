import { addDays } from '../../../shared/base/time.ts'
import register from '../../../shared/monitor/quality/test-site.json' with { type: 'json' }
import { diceOf } from '../../base/dice.ts'

/** A whole number that looks like chance and is the same for everybody who knows the parts. */
export const dice = (...parts: readonly (string | number)[]): number => diceOf(parts.join('|'))

/** What a page goes by. */
export interface Asked {
  /** The local day on which it is asked for. */
  readonly day: string
  /** Makes it another than its neighbours. */
  readonly salt: number
  /** Of the day: what comes up in the course of a night comes at `LATER`. */
  readonly minute: number
  /** Whoever asks says that it is a search engine's robot. */
  readonly isRobot: boolean
  /** What stands behind `?`. */
  readonly query: string
}

/** By this minute of the day every page has been looked at several times. */
export const LATER = 150

/** What the test site answers. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  /** Not as a server should: it never answers, hangs up, or only after a while. */
  readonly trouble?: 'silent' | 'closed' | 'slow' | 'verySlow' | 'truncated'
}

/** @param path what is asked for below the page, '' for the page itself */
export type Showing = (asked: Asked, path: string) => Answer

const TOPICS = [
  '全市防汛工作会议召开部署下一阶段任务',
  '关于公布第三批便民服务事项的通告',
  '街道开展消防安全隐患排查整治行动',
  '区政务服务中心推出延时服务新举措',
  '关于做好秋季传染病防控工作的通知',
  '老旧小区加装电梯补贴申领办法公布',
  '社区图书馆新馆建成向市民免费开放',
  '重点项目建设进度督查情况通报',
  '城乡居民医保参保缴费工作启动',
  '春运交通保障方案印发实施',
  '文明城市创建志愿服务活动举行',
  '中小微企业稳岗补贴名单公示',
]

export interface Entry {
  readonly title: string
  readonly href: string
  /** YYYY-MM-DD. */
  readonly day: string
}

/** The entries of a list whose newest is `age` days old, newest first. */
export function entriesOf({ day, salt }: Asked, age: number, count = 12): Entry[] {
  const entries: Entry[] = []
  for (let index = 0, back = age; index < count; index++) {
    const topic = TOPICS[(salt + index) % TOPICS.length] ?? ''
    entries.push({ title: topic, href: `t${index + 1}.html`, day: addDays(day, -back) })
    back += 1 + (dice(salt, index) % 4)
  }
  return entries
}

/** A list as most sites have it: a title, and its date behind it. */
export const listOf = (entries: readonly Entry[], dated: (day: string) => string = (day) => day): string =>
  `<ul class="list">${entries
    .map(
      ({ title, href, day }) =>
        `<li><a href="${href}" target="_blank">${title}</a><span>${dated(day)}</span></li>`,
    )
    .join('\n')}</ul>`

/** What the foot of a page says of itself, as the monitor's register of the test site has it. */
export const MARKS = {
  unit: `主办单位：${register.unit}`,
  code: `网站标识码：${register.code}`,
  icp: register.icp,
  police: register.police,
  contact: `联系电话：${register.phone}`,
  map: '<a href="wzdt.html">网站地图</a>',
  official: '<a href="jc.html">党政机关网站标识</a>',
  report: '<a href="jc.html">我为政府网站找错</a>',
} as const
export type Mark = keyof typeof MARKS

interface Parts {
  readonly list: string
  readonly head?: string
  readonly top?: string
  readonly foot?: string
  readonly title?: string
  readonly marks?: Partial<Record<Mark, string>>
  /** The links beside the list. */
  readonly side?: string
}

export const SEARCH = '<form action="so.html"><input name="q"><input type="submit" value="搜索"></form>'
export const SIDE_LINKS =
  '<a href="dczj.html">调查征集</a> <a href="zxft.html">在线访谈</a> <a href="nb.html">网站年度报表</a> <a href="files/form.pdf">申请表</a>'
const SIDE = `<div class="side">${SEARCH}${SIDE_LINKS}</div>`

/** A home page around a list. */
export const pageOf = ({
  list,
  head = '',
  top = '',
  foot = '',
  title = register.name,
  marks = {},
  side = SIDE,
}: Parts): string => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>${head}</head>
<body><div class="top">${top}</div><h1>示例单位</h1>
<div class="nav"><a href="./">首页</a> <a href="zwgk.html">政务公开</a> <a href="bsfw.html">办事服务</a> <a href="hdjl.html">互动交流</a></div>
${side}
<div class="box"><h2>工作动态</h2>
${list}
</div>
<div class="foot"><p>${Object.values({ ...MARKS, ...marks }).join('　')}</p><p>地址：示例路 1 号</p>${foot}</div></body></html>`

/** What a careful server sends with each page. */
export const SAFE_HEADERS = {
  'content-security-policy': "default-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'strict-origin-when-cross-origin',
}
export const ok = (body: string, headers: Answer['headers'] = SAFE_HEADERS): Answer => ({
  ...{ status: 200, body },
  ...(headers && { headers }),
})
export const NOT_FOUND: Answer = { status: 404, body: '<h1>404</h1><p>您访问的页面不存在。</p>' }

/** The entries of a page that is kept up, back to more than three weeks ago. */
export const wellKept = (asked: Asked): Entry[] => entriesOf(asked, dice(asked.salt) % 3, 20)

/** A way in which a page has a fault, or only looks as if it had. */
export interface Variant {
  /** The rule that it is about. */
  readonly rule: string
  /** What it is known by; it has words in the locales. */
  readonly what: string
  readonly isFault: boolean
  readonly show: Showing
}
