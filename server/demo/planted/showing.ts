import { addDays } from '../../../shared/base/time.ts'
import { diceOf } from '../../base/dice.ts'

/** A whole number that looks like chance and is the same for everybody who knows the parts. */
export const dice = (...parts: readonly (string | number)[]): number => diceOf(parts.join('|'))

/** What a page goes by: the local day on which it is asked for, and a number that makes it another than its neighbours. */
export interface Asked {
  readonly day: string
  readonly salt: number
}

/** What the test site answers. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  /** Not as a server should: it never answers, hangs up, or only after a while. */
  readonly trouble?: 'silent' | 'closed' | 'slow' | 'truncated'
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
    back += dice(salt, index) % 3
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

const TITLE = '校验站示例单位门户网站'

interface Parts {
  readonly list: string
  readonly head?: string
  readonly top?: string
  readonly foot?: string
  readonly title?: string
}

/** A home page around a list. */
export const pageOf = ({
  list,
  head = '',
  top = '',
  foot = '',
  title = TITLE,
}: Parts): string => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>${head}</head>
<body><div class="top">${top}</div><h1>示例单位</h1>
<div class="nav"><a href="./">首页</a> <a href="zwgk.html">政务公开</a> <a href="bsfw.html">办事服务</a> <a href="hdjl.html">互动交流</a></div>
<div class="box"><h2>工作动态</h2>
${list}
</div>
<div class="foot"><p>主办：示例单位　地址：示例路 1 号</p>${foot}</div></body></html>`

export const ok = (body: string): Answer => ({ status: 200, body })

/** What lies below every page: its articles and columns. */
export const articleOf = (path: string): Answer =>
  ok(
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>示例单位</title></head><body><h1>${TOPICS[path.length % TOPICS.length]}</h1><p>${'本页为校验站的示例正文。'.repeat(12)}</p></body></html>`,
  )

/** A page that is as it should be. */
export const wellShown: Showing = (asked, path) =>
  path === '' ? ok(pageOf({ list: listOf(entriesOf(asked, dice(asked.salt) % 3)) })) : articleOf(path)

/** The page itself is another, all below it is as it should be. */
export const homeShown =
  (home: (asked: Asked) => Answer): Showing =>
  (asked, path) =>
    path === '' ? home(asked) : articleOf(path)

/** A way in which a page has a fault, or only looks as if it had. */
export interface Variant {
  /** The rule that it is about. */
  readonly rule: string
  /** What it is known by; it has words in the locales. */
  readonly what: string
  readonly isFault: boolean
  readonly show: Showing
}
