import pg from 'pg'
import { expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { startTestApp } from '../../support/app.ts'
import { databaseKind, prepareDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { Refused } from '../../support/session.ts'

/* Somebody else's transaction holds a row and does not let go. The embedded database has one connection: nobody else. */

const LIMITS = ['lock_timeout', 'statement_timeout'] as const

test.runIf(databaseKind === 'postgres').each(LIMITS)(
  'a request that is stuck behind a lock is put off by the %s, and nobody else waits',
  async (limit) => {
    const prepared = await prepareDatabase()
    const url = new URL(prepared.databaseUrl ?? '')
    // As an operator would shorten it.
    url.searchParams.set(limit, '400')
    const { db, close } = await connect(prepared)
    await makePeople(db)
    const site = await makeSite(db, {}, { next_visit_at: new Date('2030-01-01') })
    const [held, other] = [await makeAlert(db, { site }), await makeAlert(db, { site, rule: 'V1' })]
    await close()
    const app = await startTestApp({ database: { ...prepared, databaseUrl: url.href } })
    const holder = new pg.Client(prepared.databaseUrl)
    await holder.connect()
    try {
      const duty = await app.signIn('duty')
      const comment = (id: number) => duty.call('commentAlert', { params: { id }, body: { text: '已联系' } })
      await holder.query('begin')
      await holder.query('select from alert where id = $1 for update', [held.id])
      const beganMs = performance.now()
      const outcomes = await Promise.allSettled([
        ...Array.from({ length: 5 }, () => comment(held.id)),
        comment(other.id),
      ])
      expect(performance.now() - beganMs).toBeLessThan(15 * SECOND)
      const told = outcomes.map((one) => {
        if (one.status === 'fulfilled') return 200
        return one.reason instanceof Refused ? [one.reason.status, one.reason.problem.code] : one.reason
      })
      expect(told).toEqual([...Array(5).fill([503, 'unavailable']), 200])
      await holder.query('rollback')
      expect(await comment(held.id), 'and once it is free it goes').toMatchObject({ id: held.id })
    } finally {
      await holder.end()
      await app.stop()
    }
  },
)
