import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { keepPages, preparePage } from '../../../server/monitor/evidence/keep.ts'
import type { ApiName } from '../../../shared/api.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { prepareDatabase } from '../../support/database.ts'
import { datedFinding, type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import type { Session } from '../../support/session.ts'
import { identity } from '../inspections/content/numbers.ts'

/*
 * A home page publishes whose identity number is what. It is kept as it is; whoever looks at the site sees it covered.
 */

const ID = identity()
const MOBILE = '13922223333'
const NAME = '李小丽'
const PUBLISHED = `${NAME} ${ID} 临时救助`
const ASKED = `/detail?name=${encodeURIComponent(NAME)}&sfzh=${ID}`
const OPEN = [ID, ID.slice(6, 14), MOBILE, NAME, encodeURIComponent(NAME)]
/** How the title is shown. */
const SHOWN = `李** 440***${ID.slice(-2)} 临时救助`
const AT = new Date(TUESDAY)
/** Nobody visits it meanwhile. */
const LATER = new Date(TUESDAY + 30 * DAY)

let app: TestApp
let site: MadeSite
let looking: Session[]

beforeAll(async () => {
  const database = await prepareDatabase()
  const { db, close } = await connect(database)
  const people = await makePeople(db)
  site = await makeSite(
    db,
    { unit_id: people.unitId },
    { finding: JSON.stringify(FINDING), next_visit_at: LATER },
  )
  await publish(db)
  await close()
  app = await startTestApp({ database })
  looking = [await app.signIn('viewer'), await app.signIn('owner')]
})
afterAll(() => app?.stop())

const FINDING: Finding = {
  ...datedFinding('2026-03-09'),
  evidence: {
    ...datedFinding('2026-03-09').evidence!,
    ...{ text: PUBLISHED, href: ASKED, raw: ASKED, page: `http://gov.invalid${ASKED}` },
  },
  items: [
    { date: '2026-03-09', text: PUBLISHED, href: ASKED },
    { date: '2026-03-06', text: '关于开展检查的通知' },
  ],
  rejected: [{ raw: `${NAME} ${ID}`, why: 'future' }],
  pages: [{ name: PUBLISHED, url: `http://gov.invalid${ASKED}`, outcome: 'dated', newest: '2026-03-09' }],
  refresh: ASKED,
}

const home = (rows: string) =>
  Buffer.from(
    `<meta charset="utf-8"><h1>救助公示</h1><a href="${ASKED}">${PUBLISHED}</a> 2026-03-09<table><tr><th>姓名</th><th>身份证号</th><th>电话</th></tr>${rows}</table>`,
  )

async function publish(db: Db): Promise<void> {
  const site_id = site.id
  for (const rows of [
    '',
    `<tr><td>${NAME}</td><td><i>${ID.slice(0, 9)}</i>${ID.slice(9)}</td><td>${MOBILE}</td></tr>`,
  ]) {
    const page = await preparePage({ bytes: home(rows), shows: 'ok' }, null)
    const url = `http://gov.invalid${ASKED}`
    const kept = { siteId: site_id, atMs: TUESDAY, state: 'healthy', url, finding: FINDING, page } as const
    await db.transaction().execute((tx) => keepPages(tx, [kept]))
  }
  await db
    .insertInto('site_news')
    .values({
      ...{ site_id, since: '2026-02-01', new_day: '2026-03-09', new_count: 1, items: 9 },
      new_titles: JSON.stringify([PUBLISHED]),
      rewritten: JSON.stringify([{ title: PUBLISHED, date: '2026-03-09', firstDate: '2026-03-01' }]),
    })
    .execute()
  await db.insertInto('site_lists').values({ site_id, day: '2026-03-09', lists: '[]' }).execute()
  await db
    .insertInto('date_doubt')
    .values({
      ...{ site_id, key: 'one', kind: 'moved', title: PUBLISHED, url: ASKED, claimed: '2026-03-09' },
      ...{ first_day: '2026-03-01', first_date: null, absent_day: null },
      ...{ seen_day: '2026-03-09', last_day: '2026-03-09' },
    })
    .execute()
  await db
    .insertInto('site_rendering')
    .values({
      ...{ site_id, cause: 'undated', failed_at: null, reason: null, asked_at: null },
      ...{ sent: JSON.stringify(FINDING), sent_at: AT, drawn: JSON.stringify(FINDING), drawn_at: AT },
      ...{ drawn_url: `http://gov.invalid${ASKED}`, took_ms: 1, requests: 1, bytes: 1 },
    })
    .execute()
  await db
    .insertInto('site_imprint')
    .values({
      ...{ site_id, read_at: AT, final_url: `http://gov.invalid/${ID}`, differs: ['name'], site_version: 1 },
      said: JSON.stringify({
        ...{ title: PUBLISHED, codes: [], icp: [], police: [], units: [PUBLISHED], phones: [] },
        ...{ leadsToContact: false, unseen: null },
      }),
    })
    .execute()
  await db
    .insertInto('site_column')
    .values({ site_id, name: PUBLISHED, url: `http://gov.invalid${ASKED}`, class: 'notice', seen_at: AT })
    .execute()
  await db
    .insertInto('message_column')
    .values({
      site_id,
      name: PUBLISHED,
      url: `http://gov.invalid${ASKED}`,
      seen_at: AT,
      next_visit_at: LATER,
    })
    .execute()
}

function expectNobody(said: string): void {
  for (const one of OPEN) expect(said).not.toContain(one)
  expect(said).toContain('440***')
}

const OF_SITE = [
  ...['site', 'siteEvidence', 'siteSignals', 'siteRendering', 'siteImprint', 'siteColumns', 'siteUnanswered'],
] as const satisfies readonly ApiName[]

test.each(OF_SITE)('nobody whom a home page names is read by who looks at its site: %s', async (name) => {
  for (const one of looking) {
    const said = JSON.stringify(await one.call(name, { params: { id: site.id } }))
    expectNobody(said)
    expect(said, 'it can still be found on the page').toContain(SHOWN)
  }
})

test('nor in a kept page and what changed in it, where a number stands in several elements', async () => {
  for (const one of looking) {
    const [kept] = await one.call('siteEvidence', { params: { id: site.id } })
    const id = kept?.id ?? 0
    const page = await (await one.fetch(`/api/evidence/${id}/page`)).text()
    expectNobody(page)
    expect(page.replace(/<[^>]*>/g, '')).not.toContain(ID.slice(9))
    expect(page).toContain(SHOWN)
    const detail = await one.call('evidence', { params: { id } })
    expectNobody(JSON.stringify(detail))
    const added = detail.difference?.lines.filter(({ change }) => change === 'added').map(({ text }) => text)
    expect(added).toEqual(['李**', `440***${ID.slice(-2)}`, '139***33'])
  }
})

test('what is kept stays whole, as proof', async () => {
  const { finding } = await app.context.db
    .selectFrom('site_evidence')
    .select('finding')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect(finding).toEqual(FINDING)
})
