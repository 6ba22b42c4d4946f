import { expect, it } from 'vitest'
import { answerTo, PageCache, unzipped } from '../../server/demo/fleet/answers.ts'
import { messageStyle } from '../../server/demo/fleet/messages.ts'
import { behaviourAt } from '../../server/demo/fleet/script.ts'
import { letterBoxOf } from '../../server/demo/past/messages.ts'
import { messageColumns } from '../../server/monitor/messages/find.ts'
import { readWhole } from '../../server/monitor/read/read.ts'
import { readMessages } from '../../server/monitor/schedule/messages.ts'
import { slicedReader } from '../../server/monitor/visit/reading/reader.ts'
import type { Prober } from '../../server/monitor/visit/visit.ts'
import { localDay } from '../../shared/base/time.ts'
import { judgeMessages } from '../../shared/monitor/messages/messages-rules.ts'
import { patient } from '../support/run/patience.ts'
import { visitOf } from '../support/visits/visited.ts'
import { NOW, sites } from './fleet/support.ts'

const today = localDay(NOW)

it('the letter boxes of the fleet are found and read as its script has them', {
  timeout: patient(60_000),
}, async () => {
  const outcomes: Record<string, number> = {}
  for (const [at, site] of sites.entries()) {
    const behaviour = behaviourAt(site, NOW)
    const style = messageStyle(behaviour.publisher.salt)
    // Of those that are well a few are enough.
    if (style === null ? at % 40 !== 0 : style === 'answered' && at % 4 !== 0) continue
    const cache = new PageCache(1_000_000)
    const prober = {
      visit: async ({ url }: { url: string }) => {
        const answer = answerTo({ site, behaviour, atMs: NOW }, new URL(url).pathname, cache)
        const { result } = visitOf({ id: 1, url }, NOW, answer.status === 200 ? undefined : 'http_4xx')
        return { result, body: unzipped(answer), headers: { 'content-type': answer.contentType } }
      },
    } as unknown as Prober
    const { body, headers } = await prober.visit({
      url: 'http://demo.localhost/',
      signal: AbortSignal.timeout(9_000),
    })
    const { page } = readWhole({
      bytes: body ?? Buffer.alloc(0),
      headers,
      kind: 'home',
      ref: today,
      url: 'http://demo.localhost/',
    })
    if (page === null || behaviour.traits.home === 'refresh') continue
    const [column] = messageColumns(page, 'http://demo.localhost/', today)
    expect(column, site.name).toMatchObject({ name: '领导信箱' })
    const reading = await readMessages(
      { prober, reader: slicedReader, ref: today, signal: AbortSignal.timeout(9_000) },
      column?.url ?? '',
    )
    const script = letterBoxOf(behaviour, NOW)
    const { waiting, ...counts } = reading ?? { waiting: [] }
    expect(counts, site.name).toMatchObject({
      dated: script.dated,
      answered: script.answered,
      undated: script.undated,
    })
    expect(
      waiting.map(({ on }) => on),
      site.name,
    ).toEqual(script.waiting.map(({ on }) => on))
    const { outcome, why } = judgeMessages([{ reading }], today)
    outcomes[`${style} ${why ?? outcome}`] = (outcomes[`${style} ${why ?? outcome}`] ?? 0) + 1
  }
  expect(Object.keys(outcomes).sort()).toEqual([
    'answered clear',
    'late found',
    'null noLetters',
    'undated noDates',
  ])
})
