import type { Action } from '../../shared/people/rights/rights.ts'

/** What the pages are for, as the navigation groups them. */
export const PAGE_GROUPS = ['watch', 'handle', 'manage'] as const
export type PageGroup = (typeof PAGE_GROUPS)[number]

/** A page of the desk that is listed in its navigation. */
export interface DeskPage {
  readonly name: string
  readonly group: PageGroup
  /** Pages that are reached from it and belong to the same section. */
  readonly within?: readonly string[]
  /** The right, or one of the rights, that opens it. */
  readonly needs?: Action | readonly Action[]
  readonly demoOnly?: true
  /** The key that leads to it, after g. */
  readonly key?: string
}

export const DESK_PAGES: readonly DeskPage[] = [
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
