import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPage } from '../../../server/monitor/read/read.ts'
import { Drawing } from '../../../server/monitor/rendering/drawing.ts'
import { type DrawnBy, drawnHome, drawnList } from '../../../server/monitor/rendering/reading.ts'
import { believed, isWanting, saidBy } from '../../../server/monitor/rendering/rules.ts'
import { rulesInForce } from '../../../server/monitor/verdicts/in-force.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import { failedVisit } from '../../../server/monitor/visit/run.ts'
import { localDay } from '../../../shared/base/time.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { judgeV2 } from '../../../shared/monitor/verdicts/verdicts.ts'
import { packagedChromium } from '../../browser/launch.ts'
import { temporaryFolder } from '../../support/product/product.ts'
import { ASKING, type HostileSite, hostileSite } from './pages.ts'

/* Pages that ask a real server for their lists, as a real Chromium draws them. */

const AT = Date.parse('2026-03-08T12:00:00+08:00')
const TODAY = localDay(AT)
/** Articles are not opened. */
const BY: DrawnBy = {
  prober: { visit: async () => failedVisit('http_4xx'), close: () => {} },
  reader: slicedReader,
  signal: new AbortController().signal,
}
let drawing: Drawing
let site: HostileSite
let told: Readonly<Record<string, Told>>
beforeAll(async () => {
  site = await hostileSite(ASKING)
  drawing = new Drawing({
    chromium: { path: process.env.CHROMIUM_PATH ?? (await packagedChromium()) },
    ...{ folder: temporaryFolder(), userAgent: 'Siteward', zone: 'Asia/Shanghai' },
    ...{ allowAddresses: [], hosts: { 'counter.test': '127.0.0.1' } },
    ...{ demoHosts: [`*.localhost:${site.port}`], limits: { ...RENDERING, pageMs: 20_000 } },
  })
  const [all, rest] = [new Map<string, Told>(), Object.keys(ASKING)]
  const tellThem = async (): Promise<void> => {
    for (let name = rest.pop(); name !== undefined; name = rest.pop()) all.set(name, await toldOf(name))
  }
  await Promise.all([tellThem(), tellThem()])
  told = Object.fromEntries(all)
})
afterAll(async () => {
  await drawing.close()
  site.close()
})

interface Told {
  /** V2, or why nothing can be said. */
  readonly home: string
  /** How much the same page lists as that of a column; null: the column is not held to be neglected by it. */
  readonly list: number | null
}

let last = 0
/** What is told of a page, by what its server sends and what a browser draws. */
async function toldOf(name: string): Promise<Told> {
  const answer = await fetch(`http://127.0.0.1:${site.port}/${name}`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const sent = readPage({ bytes, url: answer.url, kind: 'home', ref: TODAY })
  const url = `http://a.localhost:${site.port}/${name}`
  const drawn = await drawing.draw({ id: ++last, url, demo: true, wantsHtml: true, picture: null })
  if ('failed' in drawn) return { home: drawn.failed, list: null }
  const finding = (await drawnHome(BY, 1, drawn, AT))?.finding
  const said = finding ? saidBy(sent, finding, drawn.missed, TODAY, rulesInForce()) : 'unread'
  const measure = await drawnList(BY, drawn, AT)
  return {
    home: typeof said === 'string' ? said : judgeV2(believed(sent, said), TODAY, rulesInForce()),
    list: measure && !isWanting(drawn.missed, measure.items) ? measure.items : null,
  }
}

it.each([
  ['its list is refused', 'listRefused'],
  ['its server has an error for its list', 'listBroken'],
  ['its list is never answered', 'listNever'],
  ['the guard refuses where its list lies', 'listInside'],
  ['its script is not there', 'scriptGone'],
  ['the page within it is refused', 'frameRefused'],
  ['its socket is refused', 'socketRefused'],
  ['its list is refused, and one old item stands beside', 'oneOld'],
  ['one of its lists is refused, and the other is old', 'otherCame'],
  ['one of its lists is given up after a while, and the other is old', 'givenUp'],
  ['a list of another server is refused that is asked for by words which counters have, too', 'queried'],
  ['its own script is refused, and one old item stands beside', 'ownScript'],
])('nobody is idle, and no column neglected, by a page of which %s', (_, name) => {
  expect(told[name]).toEqual({ home: 'incomplete', list: null })
})

it.each([
  ['its list came and is new', 'cameNew', 'ok', 6],
  ['its list came and is old', 'cameOld', 'violated', 6],
  ['a counter did not come, and its list is new', 'countedNew', 'ok', 6],
  ['a counter did not come, and its list is old', 'countedOld', 'violated', 6],
  ['nothing was asked for after it had led elsewhere in vain, but the list', 'left', 'ok', 6],
  ['a counter did not come, and nothing stands there', 'countedEmpty', 'violated', 0],
  ['something was broken off by itself, and its list is old', 'brokenOff', 'violated', 6],
  ['nothing was asked for, and nothing stands there', 'nothing', 'violated', 0],
])('a page of which %s is judged', (_, name, home, list) => {
  expect(told[name]).toEqual({ home, list })
})
