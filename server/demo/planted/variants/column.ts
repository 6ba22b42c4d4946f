import { addDays } from '../../../../shared/base/time.ts'
import { documentOf, type Line, linesOf } from '../below.ts'
import { type Asked, listOf, ok, pageOf, type Showing, type Variant, wellKept } from '../showing.ts'
import { belowShown, homeShown } from '../shown.ts'

const RULE = 'V3'
const NAMES = ['部门动态', '图片新闻', '通知公告', '公示公告', '政策文件', '规章制度'] as const
/** Nothing has come so long ago that any column is overdue; so lately that none is. */
const [OLD, NEW] = [400, 3]

const titled = (name: string, n: number) => `${name}栏目里的第 ${n + 1} 条示例信息`
const entries = (asked: Asked, name: string, age: number): Line[] =>
  Array.from({ length: 4 }, (_, n) => [titled(name, n), addDays(asked.day, -age - 2 * n)])

type Age = number | null

/** A home page with columns, each as old as is said, with pages of their own that are as old; null: nothing is there. */
function columns(
  ages: readonly Age[],
  { names = NAMES, own = ages }: { names?: readonly string[]; own?: readonly Age[] } = {},
): Showing {
  const nameOf = (at: number) => names[at] ?? ''
  const listed = (asked: Asked, age: Age, at: number) =>
    age === null ? '' : linesOf(entries(asked, nameOf(at), age), `lm${at}`)
  const box = (asked: Asked, age: Age, at: number) =>
    `<div class="box"><h2><a href="lm${at}.html">${nameOf(at)}</a></h2>${listed(asked, age, at) || `<a href="lm${at}.html">更多</a>`}</div>`
  const home = homeShown((asked) =>
    ok(
      pageOf({
        list: `${listOf(wellKept(asked))}</div>${ages.map((age, at) => box(asked, age, at)).join('\n')}<div>`,
      }),
    ),
  )
  const below = belowShown((asked, path) => {
    const at = /^lm(\d)\.html$/.exec(path)?.[1]
    if (at === undefined) return null
    const list = listed(asked, own[Number(at)] ?? null, Number(at))
    return ok(documentOf(nameOf(Number(at)), `<h1>${nameOf(Number(at))}</h1>${list || '<p>暂无内容</p>'}`))
  })
  return (asked, path) => (path === '' ? home : below)(asked, path)
}

const all = (age: Age) => NAMES.map(() => age)
const FAULTS: Readonly<Record<string, Showing>> = {
  columnsStale: columns(all(OLD)),
  columnsHalfStale: columns([OLD, OLD, OLD, OLD, OLD, NEW]),
  columnsBlank: columns(all(null)),
}
const LOOK_ALIKES: Readonly<Record<string, Showing>> = {
  columnsFresh: columns(all(NEW)),
  columnsTwoStale: columns([OLD, OLD, NEW, NEW, NEW, NEW]),
  columnsSlow: columns([NEW, NEW, 90, 90, 90, 90]),
  columnsFree: columns(all(OLD), {
    names: ['机构职能', '领导之窗', '机构设置', '办公地址', '历史沿革', '下属单位'],
  }),
  columnsShownAtHome: columns(all(NEW), { own: all(null) }),
}

const of = (shown: Readonly<Record<string, Showing>>, isFault: boolean): Variant[] =>
  Object.entries(shown).map(([what, show]) => ({ rule: RULE, what, isFault, show }))

/** V3 栏目不更新: what the columns of a home page and their own pages say. */
export const COLUMN_VARIANTS: readonly Variant[] = [...of(FAULTS, true), ...of(LOOK_ALIKES, false)]
