import { expect, test } from 'vitest'
import { judgeAccess } from '../../../../server/monitor/inspections/accessibility/judge.ts'
import type { CheckedPage } from '../../../../server/monitor/page-checks/queries.ts'
import { accessRules } from '../../../../server/monitor/rendering/browser/check.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { saidOf } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { faultWords } from '../../../../shared/monitor/page-checks/fault-words.ts'
import type { AccessFault, Template } from '../../../../shared/monitor/page-checks/page-checks-rules.ts'

const fault = (rule: string, change: Partial<AccessFault> = {}): AccessFault => ({
  ...{ rule, level: 'A', impact: 'serious', places: 2, zh: `${rule} 要改`, en: `mend ${rule}` },
  first: [{ selector: `.${rule}`, html: `<i class="${rule}">` }],
  ...change,
})
const looked = (template: Template, access: readonly AccessFault[] | 'axe_late' = []): CheckedPage => ({
  ...{ template, url: `http://a/${template}`, at: new Date(0), isOld: false, reason: null },
  found: { axe: '4', load: null, access },
})
const not = (change: Partial<CheckedPage>): CheckedPage => ({
  ...{ ...looked('home'), at: null, found: null },
  ...change,
})

test('a fault is one problem on however many templates it stands, named with its places; the worst comes last', () => {
  const home = looked('home', [
    fault('label', { impact: 'critical' }),
    fault('list', { impact: 'minor' }),
    fault('color-contrast', { level: 'AA' }),
  ])
  const list = looked('list', [
    fault('label', { impact: 'critical', places: 5 }),
    fault('marquee', { impact: null }),
  ])
  expect(judgeAccess('A', [home, list], true)).toMatchObject({
    outcome: 'found',
    problems: [
      { key: 'marquee', url: 'http://a/list' },
      { key: 'list' },
      {
        ...{
          key: 'label',
          url: 'http://a/home',
          outline: { selector: '.label' },
          excerpt: '<i class="label">',
        },
        detail: { impact: 'critical', places: 7, pages: 'home list' },
      },
    ],
  })
  expect(judgeAccess('AA', [home, list], true)).toMatchObject({ problems: [{ key: 'color-contrast' }] })
  expect(judgeAccess('AA', [list], true)).toEqual({ outcome: 'clear' })
})

test('what is wrong, where and how it is mended is told in a sentence', () => {
  const said = (one: AccessFault) => {
    const judged = judgeAccess('A', [looked('home', [one]), looked('list', [one])], true)
    const rule = inspectionRule('access-a')
    return judged.outcome === 'found' && rule && saidOf(rule, judged.problems[0]?.detail ?? {})
  }
  expect(said(fault('label', { impact: 'critical' }))).toEqual({
    zh: '输入框没有名称，读屏软件说不出该填什么：首页、列表页共 4 处，部分使用者完全受阻。改法：给输入框写 <label>，或写 title、aria-label',
    en: 'fields without a name: nobody hears what to enter (home page, list page: 4); some people are shut out. To mend: write a <label> for each field, or title or aria-label',
  })
  expect(said(fault('of-tomorrow')), 'in the words of axe-core').toMatchObject({
    zh: 'of-tomorrow 要改：共 4 处',
  })
})

test('every rule that pages are checked by has words of ours', () => {
  expect([...accessRules().keys()].filter((rule) => !faultWords(rule))).toEqual([])
})

test('a place that cannot be named is outlined nowhere', () => {
  const one = fault('label', { first: [{ selector: null, html: '<input>' }] })
  expect(judgeAccess('A', [looked('home', [one])], true)).toMatchObject({ problems: [{ outline: null }] })
})

test.each([
  [[], true, 'accessNever'],
  [[], false, 'accessNoRenderer'],
  [[not({ reason: 'no_such_page' })], true, 'accessNever'],
  [[not({ reason: 'http_error' })], true, 'accessNotDrawn'],
  [[not({ reason: 'http_error' })], false, 'accessNoRenderer'],
  [[not({ reason: 'blocked' })], true, 'accessBlocked'],
  [[not({ at: new Date(0), isOld: true })], true, 'accessOld'],
  [[looked('home', 'axe_late')], true, 'accessLate'],
] as const)('what was not seen is not measured, with the reason: %o %o', (pages, canRender, reason) => {
  expect(judgeAccess('A', pages, canRender)).toEqual({ outcome: 'unmeasured', reason })
})

test('what one page shows is said, though another could not be seen', () => {
  expect(judgeAccess('A', [looked('home'), not({ template: 'list', reason: 'late' })], true)).toEqual({
    outcome: 'clear',
  })
})
