import type { DeskFilters } from '../alerts/list/useAlertDesk.ts'

/** Every filter of the list with the value that filters nothing. */
export const NO_FILTERS = { status: 'live', district: '', rule: '', assignee: '', q: '', group: 'none' }

/** Views that every desk has, by name, and what they filter. */
export const STANDING_VIEWS = {
  live: {},
  mine: { assignee: 'me' },
  open: { status: 'open' },
  forgotten: { status: 'forgotten' },
  silenced: { status: 'silenced' },
  today: { status: 'today' },
} as const satisfies Record<string, Partial<DeskFilters>>
export type StandingView = keyof typeof STANDING_VIEWS

/** All filters of a view: what it does not say filters nothing, what this program does not know is left out. */
export function filtersOf(query: Readonly<Record<string, string>>): typeof NO_FILTERS {
  const known = Object.entries(query).filter(([name]) => name in NO_FILTERS)
  return { ...NO_FILTERS, ...Object.fromEntries(known) }
}

/** Whether a list shows a view: the same filters, however it is grouped where the view does not say. */
export function shows(filters: DeskFilters, query: Readonly<Record<string, string>>): boolean {
  const wanted = filtersOf(query)
  const names = Object.keys(NO_FILTERS) as (keyof typeof NO_FILTERS)[]
  return names.every((name) => (name === 'group' && !query.group) || filters[name] === wanted[name])
}
