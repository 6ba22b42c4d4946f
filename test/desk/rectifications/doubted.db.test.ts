import { beforeAll, beforeEach, expect, test } from 'vitest'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import { ctx, live, recordOnASite, site, state, visited } from '../../recording/recorded.ts'
import { makePeople, type People } from '../../support/people.ts'

/* A submitted rectification is judged by visits that count, and by no others. */

recordOnASite()

let people: People
beforeAll(async () => {
  people = await makePeople(ctx.db)
})
beforeEach(async () => {
  await ctx.db.updateTable('site').set({ unit_id: people.unitId }).where('id', '=', site.id).execute()
})

const see = async (times: number, cause?: Cause, more: Partial<Visited> = {}) => {
  for (let n = 0; n < times; n++) {
    ctx.clock.advance(MINUTE)
    await recordVisits(ctx, [visited({ ...(cause && { cause }), ...more })])
  }
}
/** The site has gone down, and its unit says that it is mended. */
async function submitted(): Promise<void> {
  await see(3, 'timeout')
  const raise = { alertIds: (await live()).map(({ id }) => id), dueWorkdays: 10 }
  const rectification = await raiseRectification(ctx, people.duty, raise)
  await takeStep(ctx, people.owner, rectification, { step: 'submit', note: '已修复' })
}
const how = async () => {
  const { stage, verification } = await ctx.db
    .selectFrom('rectification')
    .select(['stage', 'verification'])
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
  return { stage, good: verification?.goodVisits, result: verification?.result }
}

test('it is not returned by a miss that the monitor makes while it doubts its own line', async () => {
  await submitted()
  await see(1, 'timeout', { lineInDoubt: true })
  expect(await state(), 'the site is called down still').toMatchObject({ availability: 'down' })
  expect(await how()).toEqual({ stage: 'submitted', good: 0, result: null })
  await see(1, 'timeout')
  expect(await how(), 'a miss that counts is another matter').toMatchObject({
    stage: 'returned',
    result: 'down_again',
  })
})

test('good visits in a row are counted on after a miss of a line in doubt, and so is a good one then', async () => {
  await submitted()
  await see(3)
  await see(2, 'reset', { lineInDoubt: true })
  await see(1, undefined, { lineInDoubt: true })
  expect(await how()).toEqual({ stage: 'verifying', good: 4, result: null })
  await see(1, 'reset')
  expect(await how(), 'any other miss begins them anew').toMatchObject({ stage: 'verifying', good: 0 })
})

test('it is not returned by the answer of a firewall while the site is called down still', async () => {
  await submitted()
  await see(1, 'blocked_firewall')
  expect(await state()).toMatchObject({ availability: 'down' })
  expect(await how()).toEqual({ stage: 'verifying', good: 0, result: null })
})
