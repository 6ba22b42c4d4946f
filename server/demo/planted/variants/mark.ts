import { listOf, MARKS, type Mark, ok, pageOf, type Variant, wellKept } from '../showing.ts'
import { homeShown } from '../shown.ts'

/** The rule of each mark at the foot of a page, and what another site would say there. */
const RULES: Readonly<Record<Mark, readonly [rule: string, other: string | null]>> = {
  official: ['mark-official', null],
  report: ['mark-report', null],
  map: ['mark-map', null],
  code: ['mark-code', '网站标识码：4400009999'],
  icp: ['mark-icp', '粤ICP备99999999号'],
  police: ['mark-police', '粤公网安备 44999999999999号'],
  unit: ['mark-unit', '主办单位：另一示例局'],
  contact: ['mark-contact', null],
}

/** Something that only speaks of it. */
const SPOKEN: Readonly<Record<Mark, string>> = {
  official: '<a href="t1.html">关于加挂党政机关网站标识的通知</a>',
  report: '<a href="t1.html">“我为政府网站找错”平台留言办理情况通报</a>',
  map: '<a href="t1.html">网站地图编制工作完成</a>',
  code: '网站标识码：',
  icp: 'ICP 备案管理办法',
  police: '公网安备工作要求',
  unit: '主办单位：',
  contact: '电话：',
}

const shown = (foot: Partial<Record<Mark, string>>, wrap: (text: string) => string = (text) => text) =>
  homeShown((asked) => ok(wrap(pageOf({ list: listOf(wellKept(asked)), marks: foot }))))

function variantsOf(mark: Mark): Variant[] {
  const [rule, other] = RULES[mark]
  const fault = (what: string, said: string): Variant => ({
    ...{ rule, what, isFault: true, show: shown({ [mark]: said }) },
  })
  const lookAlike = (what: string, show: Variant['show']): Variant => ({ rule, what, isFault: false, show })
  return [
    fault('markMissing', ''),
    fault('markCommented', `<!-- ${MARKS[mark]} -->`),
    other === null ? fault('markSpoken', SPOKEN[mark]) : fault('markOther', other),
    lookAlike('markWhole', shown({})),
    lookAlike('markInTable', shown({ [mark]: `<table><tr><td>${MARKS[mark]}</td></tr></table>` })),
    lookAlike('markWide', shown({ [mark]: `&nbsp;&nbsp;${MARKS[mark].replace('：', ' ： ')}&nbsp;|` })),
  ]
}

/** What the foot of a home page says of itself, held against the register of the test site. */
export const MARK_VARIANTS: readonly Variant[] = (Object.keys(RULES) as Mark[]).flatMap(variantsOf)
