import { addDays, monthDay } from '../../../../shared/base/time.ts'
import { type Asked, dice, entriesOf, listOf, ok, pageOf, type Variant } from '../showing.ts'
import { homeShown } from '../shown.ts'

const RULE = 'V2'
/** Days since the newest item of a page that nobody looks after, at least; up to so many more. */
const [STALE, MORE] = [18, 60]

const chinese = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
const bracketed = (day: string) => `[${day.replaceAll('-', '/')}]`

type Made = (asked: Asked) => string

const stale = (parts: (asked: Asked) => { head?: string; top?: string; foot?: string }): Made => {
  return (asked) =>
    pageOf({ list: listOf(entriesOf(asked, STALE + (dice(asked.salt) % MORE))), ...parts(asked) })
}
const fresh = (dated?: (day: string) => string): Made => {
  return (asked) => pageOf({ list: listOf(entriesOf(asked, dice(asked.salt) % 4), dated) })
}

/** Nothing new for two weeks, whatever else the page shows of today. */
const FAULTS: Readonly<Record<string, Made>> = {
  stale: stale(() => ({})),
  staleClock: stale(({ day }) => ({ top: `<span id="date">今天是${chinese(day)}</span>` })),
  staleWeather: stale(({ day }) => ({
    top: `<div class="weather">广州 多云 22℃～29℃ 发布时间：${day} 08:00</div>`,
  })),
  staleMeta: stale(({ day }) => ({ head: `<meta name="PubDate" content="${day} 09:00">` })),
  staleComment: stale(({ day }) => ({ foot: `<!-- generated ${day} 06:00:00 -->` })),
  staleFooter: stale(({ day }) => ({ foot: `<p>网站最后更新时间：${day}　粤ICP备00000000号</p>` })),
  staleCountdown: stale(({ day }) => ({ top: `<p>距离报名截止 ${addDays(day, 20)} 还有 20 天</p>` })),
  staleHidden: stale(({ day }) => ({ top: `<p style="display:none">最新发布 ${day}</p>` })),
  undated: (asked) => pageOf({ list: listOf(entriesOf(asked, 1), () => '') }),
}

/** Looked after, though it may not look so. */
const LOOK_ALIKES: Readonly<Record<string, Made>> = {
  fresh: fresh(),
  freshChinese: fresh(chinese),
  freshBracketed: fresh(bracketed),
  freshShort: fresh(monthDay),
  freshDots: fresh((day) => day.replaceAll('-', '.')),
  freshTimed: fresh((day) => `${day} 10:25`),
  freshPinned: (asked) => {
    const [first, ...rest] = entriesOf(asked, 1)
    const pinned = { title: '政府信息公开指南（长期有效）', href: 'zn.html', day: addDays(asked.day, -400) }
    return pageOf({ list: listOf([pinned, ...(first ? [first] : []), ...rest]) })
  },
  freshSecondWeek: (asked) => pageOf({ list: listOf(entriesOf(asked, 12)) }),
  freshOldFooter: (asked) =>
    pageOf({ list: listOf(entriesOf(asked, 2)), foot: '<p>版权所有 2009-2013　最后更新：2013-05-06</p>' }),
}

const of = (made: Readonly<Record<string, Made>>, isFault: boolean): Variant[] =>
  Object.entries(made).map(([what, page]) => ({
    ...{ rule: RULE, what, isFault },
    show: homeShown((asked) => ok(page(asked))),
  }))

/** V2 网站不更新: what reading the home page says. */
export const FRESHNESS_VARIANTS: readonly Variant[] = [...of(FAULTS, true), ...of(LOOK_ALIKES, false)]
