import { monthDay } from '../../../../shared/base/time.ts'
import { type Asked, entriesOf, listOf, ok, pageOf, type Variant } from '../showing.ts'
import { homeShown } from '../shown.ts'

type Made = (asked: Asked) => string

const titled =
  (title: string): Made =>
  (asked) =>
    pageOf({ list: listOf(entriesOf(asked, 1)), title })
const dated =
  (line: (day: string) => string, head: (day: string) => string = () => ''): Made =>
  (asked) =>
    pageOf({ list: listOf(entriesOf(asked, 1)), foot: `<p>${line(asked.day)}</p>`, head: head(asked.day) })

const TITLE_FAULTS: Readonly<Record<string, Made>> = {
  titleNone: titled(''),
  titleUntitled: titled('无标题文档'),
  titleEnglish: titled('Untitled Document'),
  titleNewPage: titled('New Page 1'),
  titleSigns: titled('- | -'),
}
const TITLE_LOOK_ALIKES: Readonly<Record<string, Made>> = {
  titleShort: titled('首页'),
  titleOfUnit: titled('示例单位门户网站'),
  titleTalksOfNone: titled('“无标题”青年画展开幕'),
  titleLong: titled('关于进一步做好示例工作的通知（征求意见稿）_示例单位'),
  titleInEnglish: titled('Example Office'),
}
const DATE_FAULTS: Readonly<Record<string, Made>> = {
  dateNoYear: dated((day) => `发布时间：${monthDay(day)}　来源：办公室`),
  dateShortYear: dated((day) => `发布日期：${day.slice(2)}`),
  dateChineseNoYear: dated((day) => `发布时间：${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`),
  dateMeta: dated(
    (day) => `发布时间：${day}`,
    (day) => `<meta name="PubDate" content="${day.replaceAll('-', '/')}">`,
  ),
}
const DATE_LOOK_ALIKES: Readonly<Record<string, Made>> = {
  dateWhole: dated((day) => `发布时间：${day} 09:30`),
  dateWholeChinese: dated((day) => `发布日期：${day.replace('-', '年').replace('-', '月')}日`),
  dateMetaWhole: dated(
    (day) => `发布时间：${day}`,
    (day) => `<meta name="PubDate" content="${day} 09:30">`,
  ),
  datePeriod: dated((day) => `报名时间：${monthDay(day)} 至 ${monthDay(day)}`),
  dateOffice: dated(() => '办公时间：周一至周五 9:00-17:00'),
}

const of = (rule: string, made: Readonly<Record<string, Made>>, isFault: boolean): Variant[] =>
  Object.entries(made).map(([what, page]) => ({
    ...{ rule, what, isFault },
    show: homeShown((asked) => ok(page(asked))),
  }))

/** Rules of machine inspections that look at single pages. */
export const PAGE_VARIANTS: readonly Variant[] = [
  ...of('page-title', TITLE_FAULTS, true),
  ...of('page-title', TITLE_LOOK_ALIKES, false),
  ...of('mark-date-form', DATE_FAULTS, true),
  ...of('mark-date-form', DATE_LOOK_ALIKES, false),
]
