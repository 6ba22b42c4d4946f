import { beforeEach, expect, it } from 'vitest'
import { sayFinding } from '../../../server/desk/findings/service.ts'
import { findSiteDetail } from '../../../server/monitor/standing/queries.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { ctx, live, recordOnASite, site, state, visited } from '../../recording/recorded.ts'
import { datedFinding } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { day, drawn, now, pageOf, past, renderer, sent } from './drawn.ts'

/* A verdict says how the pages were seen that it rests on. */

recordOnASite()
let made: Promise<People> | null = null
const everybody = (): Promise<People> => (made ??= makePeople(ctx.db))
const none = () => ctx.db.deleteFrom('renderer').execute()
const seen = () => findSiteDetail(ctx.db, { kind: 'city' }, site.id, now(), ctx.config)
beforeEach(none)

it('a verdict that rests on the source alone says that nobody could render the page, in alert and site page', async () => {
  const { duty } = await everybody()
  await sent(pageOf(...past()))
  expect(await live()).toMatchObject([
    { rule: 'V2', severity: 'critical', evidence: { newest: day(30), rendered: 'no_renderer' } },
  ])
  expect(await seen()).toMatchObject({ v2: 'violated', rendered: { v2: 'no_renderer' } })
  // Somebody has looked: what is told then rests on no page of the monitor's.
  await sayFinding(ctx, duty, site.id, { updatedOn: null, note: '打电话问过' })
  expect(await seen()).toMatchObject({ v2: 'violated', rendered: { v2: null, v3: null } })
})

it('what a person says is no page that was seen; taken back, the verdict rests on the source again, and says so', async () => {
  const { duty } = await everybody()
  await sent(pageOf(day(1), day(2), day(3)))
  await sayFinding(ctx, duty, site.id, { updatedOn: null, note: '打电话问过' })
  const [said] = await live()
  expect(said).toMatchObject({ rule: 'V2', evidence: { reason: 'undated' } })
  expect(said?.evidence).not.toHaveProperty('rendered')
  await sayFinding(ctx, duty, site.id, { updatedOn: day(0), note: '打开看过' })
  await sent(pageOf(...past()))
  expect(await live()).toEqual([])
  await sayFinding(ctx, duty, site.id, null)
  expect(await live()).toMatchObject([{ rule: 'V2', evidence: { rendered: 'no_renderer' } }])
})

it('one that rests on the page as a browser shows it says that, and a warning that waits for one says nothing', async () => {
  await renderer()
  await sent(pageOf(...[12, 13, 14].map(day)))
  const [warning] = await live()
  expect(warning).toMatchObject({ rule: 'V2', severity: 'minor' })
  expect(warning?.evidence).not.toHaveProperty('rendered')
  await sent(pageOf(...past()))
  await drawn(pageOf(...past()))
  expect(await live()).toMatchObject([{ rule: 'V2', severity: 'critical', evidence: { rendered: 'drawn' } }])
  // The browser goes, and what it drew stands for its two days.
  await none()
  expect(await seen()).toMatchObject({ v2: 'violated', rendered: { v2: 'drawn' } })
})

it.each(['no_renderer', 'drawn'] as const)(
  'neglected columns say how their pages were seen: %s',
  async (rendered) => {
    const columns = ['部门动态', '基层动态', '图片新闻', '工作快讯', '要闻'].map((name, n) => ({
      ...{ name, url: `${site.url}column-${n}/`, from: 'home' as const },
      ...{ items: 1, dates: [day(30)] },
    }))
    const visit = (page: Visited['page'] = null) =>
      recordVisits(ctx, [
        visited({ atMs: ctx.clock.advance(SECOND), finding: page && datedFinding(day(0)), page }),
      ])
    if (rendered === 'drawn') {
      await renderer()
      await visit({ items: [], dated: [], columns })
      expect(await state()).toMatchObject({ v3: 'insufficient' })
      const drawnNow = { drawn_at: new Date(now()) }
      await ctx.db.updateTable('site_column').set(drawnNow).where('site_id', '=', site.id).execute()
    }
    await visit({ items: [], dated: [], columns })
    expect(await live()).toMatchObject([{ rule: 'V3', evidence: { rendered } }])
    expect(await seen()).toMatchObject({ rendered: { v3: rendered } })
  },
)
