import { expect, it } from 'vitest'
import { systemTimers } from '../../server/base/clock.ts'
import { Recorder } from '../../server/recording/recorder.ts'
import { SECOND } from '../../shared/base/time.ts'
import { ctx, recordOnASite, site, state, visited } from './recorded.ts'

recordOnASite()

/** Nobody's: a visit to a site that has left the register is passed over. */
const GONE = 1_000_000
const ROOM = 300

it('when more visits wait than there is room for, it says so and drops none, the oldest least of all', async () => {
  const recorder = new Recorder(ctx, systemTimers, ROOM)
  recorder.add(visited(), () => {})
  const firstMs = ctx.clock.now()
  ctx.clock.advance(5 * SECOND)
  for (let n = 0; n < ROOM + 50; n++) recorder.add(visited({ siteId: GONE + n }), () => {})
  expect(recorder).toMatchObject({ room: 0, waiting: ROOM + 51, oldestMs: 5 * SECOND, perS: 0 })
  await recorder.flush()
  expect(recorder).toMatchObject({ room: ROOM, waiting: 0, oldestMs: 0 })
  // A second, of the five that it has been there.
  expect(recorder.perS).toBeCloseTo((ROOM + 51) / 5)
  expect((await state()).last_visit_at?.getTime(), `site ${site.id}`).toBe(firstMs)
})
