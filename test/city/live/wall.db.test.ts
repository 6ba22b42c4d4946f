import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { commandAlert, commentAlert } from '../../../server/desk/alerts/service.ts'
import { sayFinding } from '../../../server/desk/findings/service.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { raiseMany } from '../../../server/desk/rectifications/raise/raise-many.ts'
import { commentRectification, takeStep } from '../../../server/desk/rectifications/service.ts'
import { createWallLink } from '../../../server/people/rights/wall-links.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { DAY, HOUR, localDay } from '../../../shared/base/time.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { watch } from '../../support/product/watcher.ts'
import { type Session, sessionWith } from '../../support/session.ts'
import { until } from '../../support/until.ts'

const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }
let app: TestApp
let people: People
let alertId: number
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  const site = await makeSite(connection.db, {}, later)
  alertId = (await makeAlert(connection.db, { site })).id
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

async function hallSession(): Promise<Session> {
  const { key } = await createWallLink(app.context, people.duty, '大厅')
  const answer = await app.stranger.fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ wallKey: key }),
  })
  const [cookie = ''] = answer.headers.getSetCookie()
  return sessionWith(app.url, { cookie: cookie.split(';')[0] ?? '' })
}

it('a wall in the hall is told that somebody commented, not what; the desk hears it', async () => {
  const hall = await hallSession()
  const wall = await watch(hall, { rooms: ['wall'] })
  const desk = await watch(await app.signIn('duty'))
  await commentAlert(app.context, people.duty, alertId, {
    text: '电话 138 0000 0000',
    mentions: [people.vendor.id],
  })
  const isComment = (fact: { kind: string }) => fact.kind === 'alert.commented'
  const [shown, heard] = [
    await wall.fact('the comment', isComment),
    await desk.fact('the comment', isComment),
  ]
  expect(heard.data).toMatchObject({ text: '电话 138 0000 0000', mentions: [{ name: '何静' }] })
  expect(shown.data).toMatchObject({ text: null, mentions: [] })
  expect(wall.board.sites.size).toBe(1)
  wall.close()
  desk.close()
  const again = await watch(hall, { rooms: ['wall'] })
  expect(JSON.stringify(again.snapshots)).not.toContain('138 0000 0000')
  again.close()
})

/** What people write, wherever it may be written; nothing else has it. */
const PRIVATE = '张处长 13900001111'

it('nor anything else that people wrote of alerts, rectifications and sites, in what it is told and in its picture', async () => {
  const { context: ctx } = app
  const hall = await hallSession()
  const [wall, desk] = [await watch(hall, { rooms: ['wall'] }), await watch(await app.signIn('duty'))]
  const site = await makeSite(ctx.db, { unit_id: people.unitId }, later)
  const [noted, silenced, owned, falsified, fixed] = await Promise.all(
    (['DOWN', 'V1', 'V2', 'V3', 'LINKS'] as const).map((rule) => makeAlert(ctx.db, { site, rule })),
  )
  const { duty, owner } = people
  await commandAlert(ctx, duty, noted!, { action: 'acknowledge', note: PRIVATE })
  const silentUntil = new Date(app.clock.now() + HOUR).toISOString()
  await commandAlert(ctx, duty, silenced!, { action: 'silence', until: silentUntil, reason: PRIVATE })
  await commandAlert(ctx, owner, owned!, { action: 'acknowledge', note: PRIVATE })
  await commandAlert(ctx, duty, falsified!, { action: 'falseAlarm', reason: PRIVATE })
  const rectification = await raiseRectification(ctx, duty, { alertIds: [fixed!.id] })
  await commentRectification(ctx, owner, rectification.id, { text: PRIVATE, mentions: [duty.id] })
  const day = localDay(app.clock.now() + 20 * DAY)
  const asked = await takeStep(ctx, owner, rectification, {
    step: 'ask',
    kind: 'extend',
    until: day,
    reason: PRIVATE,
  })
  const until10 = localDay(app.clock.now() + 10 * DAY)
  const paused = await takeStep(ctx, duty, asked, { step: 'pause', until: until10, reason: PRIVATE })
  const resumed = await takeStep(ctx, duty, paused, { step: 'resume' })
  await takeStep(ctx, owner, resumed, { step: 'submit', note: PRIVATE })
  const byHand = { siteIds: [site.id], rule: 'OTHER' as const, problem: PRIVATE, reference: PRIVATE }
  await raiseMany(ctx, duty, { source: 'circular', ...byHand })
  await sayFinding(ctx, duty, site.id, { updatedOn: localDay(app.clock.now()), note: PRIVATE })
  const { seq } = await desk.fact('the last of it', isSaid)
  await wall.fact('the last of it', (fact) => fact.seq === seq)
  expect(JSON.stringify(desk.facts).split(PRIVATE).length).toBeGreaterThan(10)
  expect(JSON.stringify(wall.facts)).not.toContain(PRIVATE)
  const anew = { at: new Date(app.clock.now()).toISOString(), siteId: null, district: null, actor: null }
  const data = { added: 0, changed: 0 }
  await ctx.db.transaction().execute((tx) => appendFacts(tx, [{ ...anew, kind: 'register.changed', data }]))
  ctx.wake()
  for (const one of [wall, desk]) await until('there is a new picture', () => one.snapshots.length > 1)
  expect(JSON.stringify(desk.snapshots)).toContain(PRIVATE)
  expect(JSON.stringify(wall.snapshots)).not.toContain(PRIVATE)
  for (const watcher of [wall, desk]) {
    expect(watcher.complaints).toEqual([])
    watcher.close()
  }
})

const isSaid = (fact: Fact) => fact.kind === 'site.changed' && fact.data.said != null
