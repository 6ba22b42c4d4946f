import { deflateRawSync } from 'node:zlib'
import { launchBrowser } from '../../browser/launch.ts'
import { PASSWORD } from '../../support/people.ts'
import type { Product } from '../../support/product/product.ts'
import { signIn } from '../../support/session.ts'
import { atMost, type Figure, percentile } from '../figure.ts'
import { firstSnapshot } from '../push.ts'
import { openOnce } from '../screens/painting.ts'

const TIMES = 5
/** Of the whole state as it is, and as it goes over the line. */
const [MOST_KB, MOST_SENT_KB, MOST_MS] = [60, 10, 1_000]

/** Boards of which the parts are shown, and how many there are at least. */
const BOARDS = [
  { name: 'nation', room: 'city', path: '/wall', least: 31 },
  { name: 'province', room: 'region:440000', path: '/wall/440000', least: 21 },
  { name: 'city', room: 'region:440100', path: '/wall/440100', least: 0 },
] as const

/** Boards by level: what a new browser is given, and how soon it stands on the screen from an empty cache. */
export async function benchBoards(product: Product): Promise<Figure[]> {
  const duty = await signIn(product.origin, 'duty', PASSWORD)
  const browser = await launchBrowser()
  try {
    const figures: Figure[] = []
    for (const { name, room, path, least } of BOARDS) {
      const { ms, snapshot } = await firstSnapshot(duty, room)
      const shown =
        least === 0
          ? { selector: '[data-site]', least: snapshot.sites.length }
          : { selector: '[data-part]', least }
      const painted: number[] = []
      for (let n = 0; n < TIMES; n++)
        painted.push((await openOnce(browser, product, { path, ...shown }, 1, PASSWORD)).ms)
      const whole = Buffer.from(JSON.stringify(snapshot))
      figures.push(
        atMost(`board of a ${name}: whole state`, whole.byteLength / 1000, MOST_KB, 'kB', 1),
        atMost(
          '… deflated as the socket does',
          deflateRawSync(whole).byteLength / 1000,
          MOST_SENT_KB,
          'kB',
          1,
        ),
        atMost('… new socket to whole state', ms, MOST_MS, 'ms'),
        atMost(
          '… from an empty cache to the first paint of all of it, median',
          percentile(painted, 0.5),
          MOST_MS,
          'ms',
        ),
      )
    }
    return figures
  } finally {
    await browser.close()
  }
}
