import { addDays } from '../../../../shared/base/time.ts'
import { belowOf, documentOf } from '../below.ts'
import {
  type Answer,
  type Asked,
  type Entry,
  LATER,
  listOf,
  NOT_FOUND,
  ok,
  pageOf,
  type Showing,
  type Variant,
  wellKept,
} from '../showing.ts'
import { homeShown } from '../shown.ts'

/* What is wrong only beside what was there before, or beside what others are shown. Look-alikes change in the course of the night. */

type Made = Readonly<Record<string, (asked: Asked) => Answer>>
const with_ = (parts: (asked: Asked) => Partial<Parameters<typeof pageOf>[0]>) => (asked: Asked) =>
  ok(pageOf({ list: listOf(wellKept(asked)), ...parts(asked) }))
/** From later in the night on. */
const later = (parts: (asked: Asked) => Partial<Parameters<typeof pageOf>[0]>) =>
  with_((asked) => (asked.minute < LATER ? {} : parts(asked)))

const STRANGERS = '<a href="http://www.qx778.test/">广告合作</a><a href="http://www.kk990.test/">软文</a>'
const NEW_FAULTS: Made = {
  newOffScreen: with_(() => ({ top: `<div style="position:absolute;left:-9999px">${STRANGERS}</div>` })),
  newIndented: with_(() => ({ top: `<p style="text-indent:-9999px">${STRANGERS}</p>` })),
  newHidden: with_(() => ({ top: `<p style="display:none">${STRANGERS}</p>` })),
  newByScript: with_(() => ({
    top: `<script>document.write('<div style="position:absolute;left:-999px">${STRANGERS}</div>')</script>`,
  })),
}
const NEW_LOOK_ALIKES: Made = {
  newMenu: later(() => ({ top: `<ul class="menu" style="display:none"><li>${STRANGERS}</li></ul>` })),
  newMixed: later(() => ({
    top: `<div style="position:absolute;left:-9999px"><a href="zwgk.html">政务公开</a>${STRANGERS}</div>`,
  })),
  newWeibo: later(() => ({
    top: '<div style="position:absolute;left:-9999px"><a href="https://weibo.com/example">官方微博</a></div>',
  })),
  newSeen: later(() => ({ top: STRANGERS })),
}

const elsewhere = (title: string, text: string) => () =>
  ok(
    `<html><head><title>${title}</title></head><body><section class="x9"><main class="y7">${`<p class="z5">${text}</p>`.repeat(20)}</main></section></body></html>`,
  )
const HOME_FAULTS: Made = {
  homeBetting: elsewhere('百家乐_真人视讯', '注册送彩金，体育投注，提款三分钟到账。'),
  homeDefaced: elsewhere('Hacked by nobody', 'your site has been hacked, greetz to all'),
  homeVideo: elsewhere('成人视频在线观看', '无码高清，每日更新，免费观看。'),
}
const HOME_LOOK_ALIKES: Made = {
  homeSame: with_(() => ({})),
  homeNews: later(() => ({ top: '<p>示例单位召开示例工作会议，部署下一阶段示例工作。</p>' })),
  homeRedesigned: (asked) =>
    asked.minute < LATER
      ? with_(() => ({}))(asked)
      : elsewhere('校验站示例单位门户网站', '改版后的示例单位首页，栏目与以前完全不同。')(),
}

const forRobots = (parts: Partial<Parameters<typeof pageOf>[0]>) =>
  with_(({ isRobot }) => (isRobot ? parts : {}))
const ROBOT_FAULTS: Made = {
  robotTitle: forRobots({ title: '澳门新葡京_百家乐' }),
  robotKeywords: forRobots({ head: '<meta name="keywords" content="百家乐,真人视讯,注册送彩金">' }),
  robotLinks: forRobots({
    top: '<div style="display:none"><a href="http://www.qx778.test/">真人视讯</a></div>',
  }),
}
const ROBOT_LOOK_ALIKES: Made = {
  robotSame: with_(() => ({})),
  robotPlain: forRobots({ top: '<p>静态版</p>' }),
  robotNews: forRobots({ title: '严厉打击网络赌博违法犯罪' }),
}

/** A list with something else among its entries, where `place` of them stand above. */
const insert =
  (place: number, entry: (asked: Asked, entries: readonly Entry[]) => Entry) => (asked: Asked) => {
    const entries = wellKept(asked)
    return ok(
      pageOf({ list: listOf([...entries.slice(0, place), entry(asked, entries), ...entries.slice(place)]) }),
    )
  }
const changed = (at: number, day: (asked: Asked) => string) => (asked: Asked) => {
  const entries = wellKept(asked).map((one, n) => (n === at ? { ...one, day: day(asked) } : one))
  const sorted = [...entries].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))
  return ok(pageOf({ list: listOf(sorted) }))
}
const added = (title: string, day: string): Entry => ({ title, href: 't99.html', day })
const dayOf = (entries: readonly Entry[], at: number, asked: Asked) => entries[at]?.day ?? asked.day
const lateOnly = (show: (asked: Asked) => Answer) => (asked: Asked) =>
  asked.minute < LATER ? with_(() => ({}))(asked) : show(asked)
const DATE_FAULTS: Made = {
  dateBackdated: insert(19, (asked, entries) => added('补登的一条旧消息标题', dayOf(entries, 19, asked))),
  dateBackdatedDeep: insert(18, (asked, entries) => added('为迎检补录的工作动态', dayOf(entries, 18, asked))),
  dateMadeNew: changed(15, ({ day }) => day),
  dateMadeNewer: changed(19, ({ day }) => addDays(day, -1)),
}
const DATE_LOOK_ALIKES: Made = {
  dateNewItem: lateOnly(insert(0, ({ day }) => added('今天发布的一条新消息', day))),
  dateSameAsBefore: with_(() => ({})),
  dateMended: lateOnly((asked) => changed(6, () => addDays(dayOf(wellKept(asked), 6, asked), -1))(asked)),
  dateTitleMended: lateOnly((asked) => {
    const entries = wellKept(asked).map((one, n) =>
      n === 17 ? { ...one, title: `${one.title}（更正）` } : one,
    )
    return ok(pageOf({ list: listOf(entries) }))
  }),
  dateLonger: lateOnly((asked) => {
    const entries = wellKept(asked)
    const last = added('列表末尾多显示的一条旧消息', addDays(dayOf(entries, 19, asked), -3))
    return ok(pageOf({ list: listOf([...entries, last]) }))
  }),
}

/** What is not there is answered so. */
const absent =
  (answer: (asked: Asked) => Answer): Showing =>
  (asked, path) => {
    if (path === '') return with_(() => ({}))(asked)
    const known = belowOf(asked, path)
    return known === NOT_FOUND ? answer(asked) : known
  }
const SORRY = '您访问的页面不存在，请检查地址是否正确，或者返回首页重新查找。'
const SOFT_FAULTS: Made = {
  softHome: with_(() => ({})),
  softRedirect: () => ({ status: 302, headers: { location: './' }, body: '' }),
  softBlank: () => ok('<html><body>&nbsp;</body></html>'),
  softSorry: () => ok(documentOf('出错了', `<p>${SORRY}</p>`)),
}
const SOFT_LOOK_ALIKES: Made = {
  properPlain: () => NOT_FOUND,
  properFriendly: (asked) => ({ ...with_(() => ({ top: SORRY }))(asked), status: 404 }),
  properGone: () => ({ status: 410, body: `<p>${SORRY}</p>` }),
}

const of = (rule: string, made: Made, isFault: boolean, show: (answer: Made[string]) => Showing): Variant[] =>
  Object.entries(made).map(([what, answer]) => ({ rule, what, isFault, show: show(answer) }))
const both = (rule: string, faults: Made, lookAlikes: Made, show = homeShown): Variant[] => [
  ...of(rule, faults, true, show),
  ...of(rule, lookAlikes, false, show),
]

/** Rules that hold a site against what it was, or against what others are shown of it. */
export const CHANGE_VARIANTS: readonly Variant[] = [
  ...both('hidden-links-new', NEW_FAULTS, NEW_LOOK_ALIKES),
  ...both('home-replaced', HOME_FAULTS, HOME_LOOK_ALIKES),
  ...both('shown-to-robots', ROBOT_FAULTS, ROBOT_LOOK_ALIKES),
  ...both('dates-forged', DATE_FAULTS, DATE_LOOK_ALIKES),
  ...both('soft-404', SOFT_FAULTS, SOFT_LOOK_ALIKES, absent),
]
