import { atMost, type Figure, told } from '../bench/figure.ts'
import { launchBrowser } from '../browser/launch.ts'
import { rollingRestart } from '../browser/updates/rolling.ts'
import type { HostileOptions } from './part.ts'

const FULL = 50

/** A rolling restart under 50 browsers, each with something unsent. */
export async function rollingRestarts({ count = FULL, say }: HostileOptions): Promise<Figure[]> {
  const browser = await launchBrowser()
  try {
    const { browsers, lost, untrue, silentS } = await rollingRestart(browser, count, say)
    for (const what of untrue) say(what)
    return [
      told('rolling restart under browsers with drafts', browsers, 'browsers'),
      atMost('… drafts lost', lost, 0, ''),
      atMost('… untrue numbers and names', untrue.length, 0, ''),
      atMost('… longest that a screen went without news', silentS, 3, 's'),
    ]
  } finally {
    await browser.close()
  }
}
