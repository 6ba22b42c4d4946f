import type { Action } from '../../shared/people/rights/rights.ts'
import type { DeskPage } from '../pages/page.ts'
import { BROUGHT } from './brought.ts'

/** Those of old; a noun brings its own from its folder. */
const OWN: readonly DeskPage[] = [
  { name: 'overview', group: 'watch', within: ['district'], key: 'o' },
  { name: 'alerts', group: 'watch', within: ['alert'], key: 'a' },
  { name: 'sites', group: 'watch', within: ['site', 'evidence'], key: 's' },
  { name: 'pauses', group: 'watch', key: 'h' },
  { name: 'wall', group: 'watch', key: 'w' },
  { name: 'replay', group: 'watch', key: 'p' },
  {
    name: 'rectifications',
    group: 'handle',
    within: ['rectification', 'rectificationSheet', 'offenders'],
    key: 'r',
  },
  { name: 'duty', group: 'handle', key: 'd' },
  { name: 'escalation', group: 'handle', key: 'e' },
  { name: 'notifications', group: 'handle', key: 'n' },
  { name: 'units', group: 'manage', within: ['unit'], key: 'c' },
  { name: 'imports', group: 'manage', needs: 'register.import', key: 'j' },
  { name: 'divisions', group: 'manage', key: 'q' },
  { name: 'calendar', group: 'manage', needs: 'calendar.manage', key: 'y' },
  { name: 'settings', group: 'manage', needs: 'settings.manage', key: 't' },
  { name: 'wallLinks', group: 'manage', needs: 'wall.link', key: 'l' },
  { name: 'users', group: 'manage', needs: ['user.manage', 'user.district'], key: 'm' },
  { name: 'rights', group: 'manage', key: 'i' },
  { name: 'audit', group: 'manage', needs: 'audit.read', key: 'u' },
  { name: 'aside', group: 'manage', needs: 'metrics.read', key: 'b' },
  { name: 'fleet', group: 'manage', needs: 'fleet.control', demoOnly: true, key: 'f' },
]

/** Every page of the desk that is listed. */
export const DESK_PAGES: readonly DeskPage[] = BROUGHT.flatMap(({ pages }) => pages).reduce(placed, OWN)

function placed(all: readonly DeskPage[], page: DeskPage): readonly DeskPage[] {
  const before = all.findIndex(({ name }) => name === page.after)
  const at = before < 0 ? all.length : before + 1
  return [...all.slice(0, at), page, ...all.slice(at)]
}

/** The pages that somebody may open. */
export function pagesFor(can: (action: Action) => boolean, isDemo: boolean): readonly DeskPage[] {
  return DESK_PAGES.filter((page) => isOpenTo(page, can) && (!page.demoOnly || isDemo))
}

/** Whether somebody may open a page, be it by its address; a page that is not listed is everybody's. */
export function mayOpen(name: string, can: (action: Action) => boolean): boolean {
  const page = DESK_PAGES.find((one) => one.name === name)
  return !page || isOpenTo(page, can)
}

function isOpenTo({ needs }: DeskPage, can: (action: Action) => boolean): boolean {
  const rights = typeof needs === 'string' ? [needs] : needs
  return !rights || rights.some((right) => can(right))
}
