import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { keepProblems } from '../../../server/monitor/inspections/crawl/problems.ts'
import { HOUR } from '../../../shared/base/time.ts'
import type { NewNote } from '../../../shared/desk/notebook/notebook.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { watch } from '../../support/product/watcher.ts'

/* What an office writes down of a site for its own use is not read by those whom it is about. */

const TEXT = '已约谈该单位，下周仍不改则通报'
let app: TestApp
let people: People
let siteId: number
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }
  siteId = (await makeSite(connection.db, { unit_id: people.unitId }, later)).id
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

it('a note on a site is heard and read by its district, and by its own unit neither live, nor in the log, nor in a replay', async () => {
  const [duty, tianhe, owner] = await Promise.all(
    (['duty', 'tianhe', 'owner'] as const).map((who) => app.signIn(who)),
  )
  if (!duty || !tianhe || !owner) throw new Error('somebody could not sign in')
  const rooms = async (who: typeof duty) => (await who.call('session')).rooms
  const near = await watch(tianhe, { rooms: await rooms(tianhe) })
  // A unit may name the room of its site besides its own.
  const far = await watch(owner, { rooms: [...(await rooms(owner)), `site:${siteId}`] })

  const about: NewNote['about'] = { kind: 'site', id: siteId }
  await duty.call('writeNote', { body: { about, text: TEXT } })
  await near.fact('the note', (fact) => fact.kind === 'note.written')
  const until = new Date(app.context.clock.now() + HOUR).toISOString()
  await duty.call('pauseSite', { params: { id: siteId }, body: { until, reason: '机房搬迁' } })
  await far.fact('what follows the note', (fact) => fact.kind === 'site.changed')
  expect(far.facts.map(({ kind }) => kind)).not.toContain('note.written')

  for (const [who, reads] of [
    [tianhe, true],
    [owner, false],
  ] as const) {
    const log = await who.call('facts', { query: { siteId, limit: 50 } })
    const replayed = await who.call('cityFacts', { query: { after: 0, limit: 500 } })
    const again = await who.call('cityAt', { query: { at: new Date(app.context.clock.now()).toISOString() } })
    for (const facts of [log.items, replayed.facts, again.recent]) {
      expect(JSON.stringify(facts).includes(TEXT)).toBe(reads)
      expect(facts.some(({ kind }) => kind === 'site.changed')).toBe(true)
    }
    expect(log.total).toBe(log.items.length)
  }
  near.close()
  far.close()
})

it('what becomes of a draft or of a proposal of the machine is heard and read by its district, and by the unit only once it is told', async () => {
  const [duty, tianhe, owner] = await Promise.all(
    (['duty', 'tianhe', 'owner'] as const).map((who) => app.signIn(who)),
  )
  if (!duty || !tianhe || !owner) throw new Error('somebody could not sign in')
  const near = await watch(tianhe, { rooms: (await tianhe.call('session')).rooms })
  const far = await watch(owner, { rooms: [...(await owner.call('session')).rooms, `site:${siteId}`] })

  const made = await tianhe.call('makeDocument', { body: { kind: 'sheet', siteId } })
  const asked = await tianhe.call('reviewDocument', {
    params: { id: made.id },
    body: { version: made.version },
  })
  await duty.call('returnDocument', {
    params: { id: made.id },
    body: { version: asked.version, note: '证据不足，先别发' },
  })
  await near.fact('that it was given back', (fact) => fact.kind === 'document.returned')

  const proposed = { key: 'a', url: `http://x.gov.cn/suspected`, excerpt: '', outline: null, detail: {} }
  const now = new Date(app.context.clock.now())
  await app.context.db
    .transaction()
    .execute((tx) => keepProblems(tx, siteId, [{ ...proposed, rule: 'wrong-words', version: 1 }], now))
  const decide = async (to: 'refused' | 'open') => {
    const { items } = await duty.call('problems', { query: { ...(to === 'open' && { state: 'refused' }) } })
    const problems = items.map(({ id, version }) => ({ id, version }))
    await duty.call('decideProblems', { body: { problems, to, note: '是书名，不是错字' } })
  }
  await decide('refused')
  await near.fact('that it was refused', (fact) => fact.kind === 'problem.refused')
  await decide('open')
  await near.fact('that it is open again', (fact) => fact.kind === 'problem.reopened')
  await duty.call('pauseSite', { params: { id: siteId }, body: { until: null, reason: '搬迁已毕' } })
  await far.fact('what follows', (fact) => fact.kind === 'site.changed')

  const kept = ['document.inReview', 'document.returned', 'problem.refused', 'problem.reopened']
  expect(far.facts.map(({ kind }) => kind).filter((kind) => kept.includes(kind))).toEqual([])
  for (const [who, told] of [
    [tianhe, kept],
    [owner, []],
  ] as const) {
    const log = await who.call('facts', { query: { siteId, limit: 50 } })
    const kinds = log.items.map(({ kind }) => kind as string).filter((kind) => kept.includes(kind))
    expect(kinds.toSorted()).toEqual(told)
    expect(JSON.stringify(log.items)).not.toContain('证据不足')
  }
  near.close()
  far.close()
})
