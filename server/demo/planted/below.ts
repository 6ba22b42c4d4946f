import { addDays } from '../../../shared/base/time.ts'
import { type Answer, type Asked, dice, entriesOf, NOT_FOUND, ok, wellKept } from './showing.ts'

/** A page of the site besides its home page. */
export const documentOf = (title: string, body: string): string =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title></head><body><div class="nav"><a href="./">首页</a></div>${body}</body></html>`

/** A line of a list of what is dated. */
export type Line = readonly [title: string, day: string, more?: string]

export const linesOf = (lines: readonly Line[], path = 'hd'): string =>
  `<ul>${lines.map(([title, day, more = ''], n) => `<li><a href="${path}${n + 1}.html">${title}</a><span>${day}</span>${more}</li>`).join('')}</ul>`

/** So many, the newest some days ago, so many days apart. */
export const heldOf = (asked: Asked, title: string, count: number, from = 12, step = 50): Line[] =>
  Array.from({ length: count }, (_, n) => [
    `关于第 ${n + 1} 项工作的${title}`,
    addDays(asked.day, -from - n * step),
  ])

/** Letters, each with the day on which it came, so many days ago, and what has become of it. */
export const lettersOf = (asked: Asked, ages: readonly number[], state: (age: number) => string): Line[] =>
  ages.map((age, n) => [
    `咨询第 ${n + 1} 件事怎么办理`,
    addDays(asked.day, -age),
    `<em>【${state(age)}】</em>`,
  ])

const GUIDE: readonly (readonly [label: string, text: string])[] = [
  ['事项名称', '示例证件办理'],
  ['设定依据', '《示例条例》第六条'],
  ['申请条件', '在本区居住半年以上的公民'],
  ['办理材料', '申请表一份；身份证明原件及复印件'],
  ['办理地点', '示例路 1 号政务服务中心一楼 3 号窗口'],
  ['办理时间', '周一至周五 9:00—12:00、13:00—17:00'],
  ['联系电话', '020-00000000'],
  ['办理流程', '申请—受理—审核—发证'],
]

/** A guide to a service. @param change what stands behind a label instead; null: the label is not there */
export function guideOf(
  change: Readonly<Record<string, string | null>> = {},
  row: (label: string, text: string) => string = (label, text) => `<p><b>${label}：</b>${text}</p>`,
): string {
  const rows = GUIDE.flatMap(([label, text]) => {
    const said = Object.hasOwn(change, label) ? change[label] : text
    return said === null || said === undefined ? [] : [row(label, said)]
  })
  return documentOf('示例证件办理 - 办事指南', `<h1>示例证件办理办事指南</h1>${rows.join('')}`)
}

/** The titles that a search for these words finds. */
export const searched = (asked: Asked): string[] => {
  const typed = decodeURIComponent(/(?:^|&)q=([^&]*)/.exec(asked.query)?.[1]?.replaceAll('+', ' ') ?? '')
  return [...new Set(wellKept(asked).map(({ title }) => title))].filter((title) => title.includes(typed))
}

export const resultsOf = (titles: readonly string[]): string =>
  documentOf(
    '站内搜索',
    `<h2>站内搜索</h2><p>共找到 ${titles.length} 条</p>${titles.map((title, n) => `<div><h3><a href="t${n + 1}.html">${title}</a></h3></div>`).join('')}`,
  )

export const PDF = `%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n${' '.repeat(3_000)}trailer<<>>\nstartxref\n9\n%%EOF\n`
export const fileOf = (body: string, type: string): Answer => ({
  ...{ status: 200, body },
  headers: { 'content-type': type },
})

const ARTICLE = /^(?:t\d{1,2}|(?:hd|lm\d|x)\d{1,2}|zwgk|zn|wzdt|jc|about404|lxwm)\.html$/

/** What lies below a page that is as it should be: its articles, its columns, a file, and nothing else. */
export function belowOf(asked: Asked, path: string): Answer {
  switch (path) {
    case 'bsfw.html':
      return ok(guideOf())
    case 'hdjl.html':
      return ok(documentOf('互动交流', linesOf(lettersOf(asked, [9, 40, 130, 200], () => '已答复'))))
    case 'dczj.html':
      return ok(documentOf('调查征集', linesOf(heldOf(asked, '意见征集', 4))))
    case 'zxft.html':
      return ok(documentOf('在线访谈', linesOf(heldOf(asked, '在线访谈', 4))))
    case 'nb.html':
      return ok(documentOf('网站年度报表', reportsOf(asked, [1, 2, 3])))
    case 'so.html':
      return ok(resultsOf(searched(asked)))
    case 'files/form.pdf':
      return fileOf(PDF, 'application/pdf')
    default:
      return ARTICLE.test(path) ? ok(articleOf(asked, path)) : NOT_FOUND
  }
}

/** The reports of so many years before this one. */
export const reportsOf = ({ day }: Asked, ago: readonly number[]): string =>
  `<ul>${ago.map((years) => `<li><a href="x${years}.html">${Number(day.slice(0, 4)) - years}年政府网站工作年度报表</a></li>`).join('')}</ul>`

const articleOf = (asked: Asked, path: string): string => {
  const title = entriesOf(asked, 1)[dice(path) % 12]?.title ?? '示例'
  return documentOf(title, `<h1>${title}</h1><p>${'本页为校验站的示例正文。'.repeat(12)}</p>`)
}
