import { expect, it } from 'vitest'
import { LASTS_MS, type LineOpinion, LineWatch } from '../../../server/monitor/schedule/line-watch.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { TUESDAY } from '../../support/clock.ts'
import { VirtualTime } from '../../week/virtual-time.ts'

/** A watch without reference targets, to which sites are shown that answer or do not. */
function watched() {
  const time = new VirtualTime({
    startMs: TUESDAY,
    isBusy: () => false,
    nextTick: (atMs, everyMs) => atMs + everyMs,
  })
  const opinions: (LineOpinion & { atMs: number })[] = []
  const line = new LineWatch({
    targets: [],
    prober: {} as Prober,
    now: () => time.now(),
    timers: time,
    onOpinion: (opinion) => opinions.push({ ...opinion, atMs: time.now() }),
  })
  line.start()
  let siteId = 0
  const show = (count: number, missed: boolean) => {
    for (let n = 0; n < count; n++) {
      siteId += 1
      line.note({ siteId, atMs: time.now(), missed, platform: `p${siteId}` })
    }
  }
  return { time, opinions, show }
}

it('a doubt is said at once, and again when it has lasted: only then it is an alarm', async () => {
  const { time, opinions, show } = watched()
  show(20, false)
  show(10, true)
  const began = time.now()
  expect(opinions.at(-1)?.inDoubtSince).toBe(began)
  const said = opinions.length
  await time.runUntil(began + LASTS_MS - SECOND)
  expect(opinions).toHaveLength(said)
  await time.runUntil(began + LASTS_MS + SECOND)
  expect(opinions.slice(said)).toMatchObject([{ inDoubtSince: began }])
  await time.runUntil(began + 10 * LASTS_MS)
  expect(opinions, 'and not for ever').toHaveLength(said + 1)
})

it('a doubt that the next sites end is never said to last', async () => {
  const { time, opinions, show } = watched()
  show(20, false)
  show(10, true)
  await time.runUntil(time.now() + SECOND)
  show(20, false)
  expect(opinions.at(-1)?.inDoubtSince).toBe(null)
  const said = opinions.length
  await time.runUntil(time.now() + 2 * LASTS_MS)
  expect(opinions).toHaveLength(said)
})
