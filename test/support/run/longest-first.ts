import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files that take longest, the longest of each size of test first. Those of processes, which wait, begin beside those of the
 * browser, which reckon: three of the latter side by side would let each other's time run out. A clone that has not run
 * them yet begins with the largest files, and a long one that comes last has one processor to itself while the other has
 * nothing to do.
 */
const FIRST: readonly string[] = [
  'browser/every-button.browser',
  'system/start-and-stop.system',
  'system/power-cut.system',
  'system/together.system',
  'system/upgrade.system',
  'system/monitors.system',
  'system/database-lost.system',
  'system/last-word.system',
  'system/killed-document.system',
  'browser/layout.browser',
  'browser/updates/reload-offer.browser',
  'browser/story.browser',
  'browser/month.browser',
  'browser/updates/restart.browser',
  'people/handbook/first-day.browser',
  'browser/wall/past.browser',
  'browser/lists/lists.browser',
  'browser/wall/wall.browser',
  'browser/accessibility.browser',
  'browser/wall/storm.browser',
  'browser/people/hotline.browser',
  'browser/wall/foshan.browser',
  'browser/lists/keyboard.browser',
  'monitor/page-checks/access.browser',
  'monitor/rendering/drawn.browser',
  'base/backup/backup.db',
  'register/import/demo.db',
  'desk/aside/hostile.db',
  'desk/alerts/two-officers.db',
  'people/rights/matrix.pg.db',
  'recording/cut.pg.db',
  'week/day.pg.db',
  'desk/aside/poisoned-site.pg.db',
  'hostile/pages/pages.pg.db',
  'demo/fleet/past.pg.db',
  'base/db/silence.pg.db',
  'census/documents/files.pg.db',
  'city/live/limits.pg.db',
  'base/http/slow',
  'demo/fleet/sockets',
  'demo/fleet/entrances',
  'demo/fleet/drawn',
]
/** It has both processors busy: it begins when nothing else is left to begin, and has only what is not over yet beside it. */
const LAST = 'hostile/sockets/sockets.system'
/** Projects that take turns in one line. */
const SIZES: Readonly<Record<string, string>> = { system: 'large', browser: 'large' }

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const sizeOf = ({ project }: TestSpecification): string => SIZES[project.name] ?? project.name
    const sizes = [...new Set(sorted.map(sizeOf))]
    const placeOf = (file: TestSpecification): number => {
      const name = relative(`${this.ctx.config.root}/test`, file.moduleId).replace(/\.test\.ts$/, '')
      const place = FIRST.indexOf(name)
      const within = place === -1 ? FIRST.length : place
      return sizes.indexOf(sizeOf(file)) * 1_000 + (name === LAST ? FIRST.length + 1 : within)
    }
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}
