import { expect, test } from 'vitest'
import { lookAtPage } from '../../../server/monitor/inspections/look.ts'
import { starterBook } from '../../../server/monitor/wrong-words/starter.ts'
import { INSPECTION_RULES } from '../../../shared/monitor/inspections/catalogue.ts'
import { DATES } from '../findings/doubts.table.ts'
import { HOSTS } from '../outbound/judge.table.ts'
import { HIDDEN as DRAWN_HIDDEN, UNHIDDEN } from '../page-checks/hiding.ts'
import { FAULTY, SOUND } from '../page-checks/planted.ts'
import { PAGE_TITLES } from './basics/page-title.table.ts'
import { HIDDEN } from './content/hidden.table.ts'
import { HIDDEN_NEW } from './content/hidden-new.table.ts'
import { HOMES } from './content/home.table.ts'
import { PERSONAL } from './content/personal.table.ts'
import { FOREIGN, ROBOTS } from './content/tampering.table.ts'
import { WORDS } from './content/words.table.ts'
import { LINES } from './line/judge.table.ts'
import { MIXED } from './line/mixed-content.table.ts'
import { REPORTS } from './marks/annual-report.table.ts'
import { DATE_FORMS } from './marks/date-form.table.ts'
import { DOMAINS } from './marks/domain.table.ts'
import { FEET } from './marks/foot.table.ts'
import { SEARCHES } from './marks/own-search.table.ts'
import { FILES } from './outbound/file.table.ts'
import { SOFT_PAGES } from './outbound/soft-404.table.ts'
import { INTERVIEWS, SURVEYS } from './pages/activities.table.ts'
import { GUIDES } from './pages/guides.table.ts'
import { LETTERS } from './pages/messages.table.ts'
import { labelledPages, retrieved, SITE } from './pages.ts'
import type { PlantedCase, PlantedTable } from './planted-table.ts'

/** What is planted of every rule; a rule more has a table here. */
const TABLES: readonly PlantedTable[] = [
  ...[PAGE_TITLES, HIDDEN, HIDDEN_NEW, FOREIGN, HOMES, ROBOTS, DATES, PERSONAL, WORDS],
  ...[...LINES, MIXED, ...FEET, DOMAINS, DATE_FORMS, REPORTS, SEARCHES],
  ...[GUIDES, SURVEYS, INTERVIEWS, LETTERS, HOSTS, SOFT_PAGES, FILES],
]
/** Of each rule so many ways to be wrong and to look so at least; so many are found at least, so many told wrongly at most. */
const [LEAST_FAULTY, LEAST_SOUND, FOUND, FALSE] = [20, 40, 0.95, 0.02]

async function saying(cases: readonly PlantedCase[], isFound: boolean): Promise<string[]> {
  const said = await Promise.all(cases.map(async (one) => [one.name, await one.says()] as const))
  return said.flatMap(([name, outcome]) => ((outcome === 'found') === isFound ? [name] : []))
}

/** What only a browser can say is planted for one (`test/monitor/page-checks/`: `access.browser.test.ts`, `unseen.browser.test.ts`). */
const IN_A_BROWSER = new Set(['access-a', 'access-aa', 'hidden-links-drawn'])

test.each([
  ['accessibility', FAULTY, SOUND],
  ['hidden links', DRAWN_HIDDEN, UNHIDDEN],
])('what is planted for a browser is as much: %s', (_, faulty, sound) => {
  expect(faulty.length).toBeGreaterThanOrEqual(LEAST_FAULTY)
  expect(sound.length).toBeGreaterThanOrEqual(LEAST_SOUND)
})

test.each(INSPECTION_RULES.flatMap(({ id }) => (IN_A_BROWSER.has(id) ? [] : [id])))(
  '%s finds what is planted, and nothing that only looks so',
  async (id) => {
    const [table, ...more] = TABLES.filter(({ rule }) => rule === id)
    if (!table || more.length > 0) throw new Error(`${id} has no table of its own`)
    const { faulty, sound } = table
    const isEnough = [faulty.length >= LEAST_FAULTY, sound.length >= LEAST_SOUND]
    expect(isEnough, `${faulty.length} / ${sound.length}`).toEqual([true, true])
    const [missed, wrong] = [await saying(faulty, false), await saying(sound, true)]
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(faulty.length * (1 - FOUND))
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(sound.length * FALSE)
  },
)

/**
 * What real pages do have, by the rule that says so: one publishes an identity number; the home pages of four, whose domains are not
 * their offices' any more, hide the same forty links to strangers, of lotteries and diplomas among them.
 */
const TRUE_OF: Readonly<Record<string, readonly string[]>> = {
  'hidden-links': ['lgedu_net', 'gzdzhrss_com', 'fjmjzz_com', 'gxpopss_cn'].map(
    (site) => `${site}/index.html`,
  ),
  'personal-data': ['gzdzhrss_com/gzdt__tzgg__202007__t20200702_61314308.html'],
}

test('of real pages no rule says what is not so', async () => {
  const told: Record<string, string[]> = {}
  const site = { ...SITE, given: { wrongWords: await starterBook() } }
  for (const { file, bytes } of labelledPages()) {
    const page = retrieved(bytes, { headers: { 'content-type': 'text/html' } })
    const { outcomes } = await lookAtPage(page, site)
    for (const [rule, { outcome }] of outcomes)
      if (outcome === 'found') told[rule] = [...(told[rule] ?? []), file]
  }
  expect(told).toEqual(labelledPages().length > 0 ? TRUE_OF : {})
})
