import {
  documentOf,
  fileOf,
  guideOf,
  heldOf,
  lettersOf,
  linesOf,
  PDF,
  reportsOf,
  resultsOf,
  searched,
} from '../below.ts'
import { type Answer, type Asked, listOf, ok, pageOf, SEARCH, type Variant, wellKept } from '../showing.ts'
import { belowShown, homeShown } from '../shown.ts'

/* What stands behind a home page: services, dialogue, search, files. */

type Made = Readonly<Record<string, (asked: Asked) => Answer>>
const page = (title: string, body: (asked: Asked) => string) => (asked: Asked) =>
  ok(documentOf(title, body(asked)))
const guide =
  (...given: Parameters<typeof guideOf>) =>
  () =>
    ok(guideOf(...given))
const GONE: Answer = { status: 500, body: '<h1>500</h1>' }

const GUIDE_FAULTS: Made = {
  guideWithoutBasis: guide({ 设定依据: null, 联系电话: null }),
  guideWithoutPapers: guide(
    { 办理材料: null },
    (label, text) => `<tr><th>${label}</th><td>${text}</td></tr>`,
  ),
  guideEmptyFlow: guide({ 办理流程: '暂无' }),
  guideWithoutPlace: guide({ 办理地点: null, 办理时间: null }),
}
const GUIDE_LOOK_ALIKES: Made = {
  guideWhole: guide(),
  guideInHeadings: guide({}, (label, text) => `<h4>${label}</h4><div>${text}</div>`),
  guideAsTerms: guide({}, (label, text) => `<dl><dt>【${label}】</dt><dd>${text}</dd></dl>`),
  contactOnly: page('联系我们', () => '<p>办公地址：示例路 1 号</p><p>联系电话：020-00000000</p>'),
}

const surveys = (count: number, from?: number) =>
  page('调查征集', (asked) => linesOf(heldOf(asked, '意见征集', count, from)))
const SURVEY_FAULTS: Made = {
  heldFew: surveys(2),
  heldLongAgo: surveys(3, 400),
  heldNothing: page('调查征集', () => '<p>暂无内容</p>'),
}
const SURVEY_LOOK_ALIKES: Made = {
  heldEnough: surveys(3),
  heldMany: surveys(7),
  heldInTable: page(
    '调查征集',
    (asked) =>
      `<table>${heldOf(asked, '意见征集', 4)
        .map(([title, day], n) => `<tr><td><a href="hd${n + 1}.html">${title}</a></td><td>${day}</td></tr>`)
        .join('')}</table>`,
  ),
}

const letters = (ages: readonly number[], state: (age: number) => string) =>
  page('互动交流', (asked) => linesOf(lettersOf(asked, ages, state)))
const inTable = (ages: readonly number[], answered: (age: number) => boolean) =>
  page('互动交流', (asked) => {
    const rows = lettersOf(asked, ages, () => '').map(
      ([title, day], n) =>
        `<tr><td><a href="x${n + 1}.html">${title}</a></td><td>${day}</td><td>${answered(ages[n] ?? 0) ? asked.day : ''}</td></tr>`,
    )
    return `<table><tr><th>信件标题</th><th>来信日期</th><th>答复日期</th></tr>${rows.join('')}</table>`
  })
const LETTER_FAULTS: Made = {
  letterWaits: letters([10, 60, 150], (age) => (age === 150 ? '处理中' : '已答复')),
  lettersWait: letters([20, 200, 300], () => '未答复'),
  letterWaitsInTable: inTable([5, 40, 170], (age) => age !== 170),
}
const LETTER_LOOK_ALIKES: Made = {
  lettersAnswered: letters([10, 60, 150, 300], () => '已答复'),
  lettersFresh: letters([3, 20, 60], (age) => (age === 3 ? '处理中' : '已答复')),
  lettersOld: letters([30, 420], (age) => (age === 420 ? '未答复' : '已答复')),
  lettersInTable: inTable([5, 40, 170], () => true),
}

const results = (titles: (asked: Asked) => readonly string[]) => (asked: Asked) =>
  ok(resultsOf(titles(asked)))
const OTHERS = [
  '示例单位开展食品安全专项检查行动',
  '示例单位举办就业服务专场招聘会活动',
  '示例单位公布便民服务事项清单',
]
const SEARCH_FAULTS: Made = {
  searchStale: results(() => OTHERS),
  searchNothing: page('站内搜索', () => '<p>很抱歉，没有找到相关内容。</p>'),
  searchBroken: () => GONE,
}
const SEARCH_LOOK_ALIKES: Made = {
  searchFinds: results(searched),
  searchFindsAmong: results((asked) => [...OTHERS, ...searched(asked)]),
  searchMarks: results((asked) =>
    searched(asked).map((title) => `<em>${title.slice(0, 4)}</em>${title.slice(4)}`),
  ),
  searchCuts: results((asked) => searched(asked).map((title) => `${title.slice(0, 12)}…`)),
}

const reports = (...years: readonly number[]) => page('网站年度报表', (asked) => reportsOf(asked, years))
const REPORT_FAULTS: Made = {
  reportOld: reports(3, 4),
  reportNone: page('网站年度报表', () => '<p>暂无内容</p>'),
  reportOther: page(
    '网站年度报表',
    ({ day }) => `<a href="x1.html">${Number(day.slice(0, 4)) - 1}年政府信息公开工作年度报告</a>`,
  ),
}
const REPORT_LOOK_ALIKES: Made = {
  reportThere: reports(1, 2),
  reportAlone: reports(1, 2, 3, 4, 5),
  reportBracketed: page('网站年度报表', ({ day }) =>
    [1, 2].map((ago) => `<p>政府网站工作年度报表（${Number(day.slice(0, 4)) - ago}年）</p>`).join(''),
  ),
}

const HTML = '<!DOCTYPE html><html><head><title>404</title></head><body>文件不存在</body></html>'
const FILE_FAULTS: Made = {
  fileIsPage: () => fileOf(HTML, 'text/html; charset=utf-8'),
  fileIsText: () => fileOf('文件生成失败', 'application/pdf'),
  fileTruncated: () => fileOf(PDF.slice(0, 2_000), 'application/pdf'),
  fileAsPage: () => fileOf(PDF, 'text/html'),
}
const FILE_LOOK_ALIKES: Made = {
  fileWhole: () => fileOf(PDF, 'application/pdf'),
  fileAsStream: () => fileOf(PDF, 'application/octet-stream'),
  fileWithTail: () => fileOf(`${PDF}\n\n`, 'application/x-pdf'),
}

const at = (rule: string, place: string, made: Made, isFault: boolean): Variant[] =>
  Object.entries(made).map(([what, answer]) => ({
    ...{ rule, what, isFault },
    show: belowShown((asked, path) => (path === place ? answer(asked) : null)),
  }))
const both = (rule: string, place: string, faults: Made, lookAlikes: Made): Variant[] => [
  ...at(rule, place, faults, true),
  ...at(rule, place, lookAlikes, false),
]

/** That a site has no column of surveys at all is wrong, too. */
const ABSENT: Variant = {
  ...{ rule: 'page-surveys', what: 'heldNowhere', isFault: true },
  show: homeShown((asked) => ok(pageOf({ list: listOf(wellKept(asked)), side: SEARCH }))),
}

/** Rules that look behind the home page. */
export const SERVICE_VARIANTS: readonly Variant[] = [
  ...both('page-guide', 'bsfw.html', GUIDE_FAULTS, GUIDE_LOOK_ALIKES),
  ABSENT,
  ...both('page-surveys', 'dczj.html', SURVEY_FAULTS, SURVEY_LOOK_ALIKES),
  ...both('page-interviews', 'zxft.html', SURVEY_FAULTS, SURVEY_LOOK_ALIKES),
  ...both('page-messages', 'hdjl.html', LETTER_FAULTS, LETTER_LOOK_ALIKES),
  ...both('V5', 'hdjl.html', LETTER_FAULTS, LETTER_LOOK_ALIKES),
  ...both('mark-own-search', 'so.html', SEARCH_FAULTS, SEARCH_LOOK_ALIKES),
  ...both('mark-annual-report', 'nb.html', REPORT_FAULTS, REPORT_LOOK_ALIKES),
  ...both('attachment-opens', 'files/form.pdf', FILE_FAULTS, FILE_LOOK_ALIKES),
]
