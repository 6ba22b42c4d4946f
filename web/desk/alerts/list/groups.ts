import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { type Handling, handlingOf } from '../triage.ts'

export const GROUPINGS = ['none', 'incident', 'district', 'platform'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** A line above alerts that belong together. */
export interface GroupLine {
  readonly id: string
  readonly name: string
  readonly isOpen: boolean
  readonly counts: Readonly<Record<Handling, number>>
  readonly alerts: readonly Alert[]
}

/** A line of the list: an alert, or the head of a group. */
export type DeskLine = Alert | GroupLine

export function isGroup(line: DeskLine): line is GroupLine {
  return typeof line.id === 'string'
}

/** The alerts that a line stands for. */
export function alertsOf(line: DeskLine): readonly Alert[] {
  return isGroup(line) ? line.alerts : [line]
}

/**
 * The list in groups, those with the most urgent alert first and those that belong to none last.
 * @param alerts in the order of triage, which holds within each group.
 * @param nameOf the group of an alert; null: none.
 * @param closed ids of groups whose alerts are not shown.
 */
export function groupLines(
  alerts: readonly Alert[],
  nameOf: (alert: Alert) => { readonly key: string; readonly name: string } | null,
  rest: string,
  closed: ReadonlySet<string>,
  nowMs: number,
): DeskLine[] {
  const groups = new Map<string, { name: string; alerts: Alert[] }>()
  const others: Alert[] = []
  for (const alert of alerts) {
    const of = nameOf(alert)
    if (of === null) others.push(alert)
    else {
      const group = groups.get(of.key)
      if (group) group.alerts.push(alert)
      else groups.set(of.key, { name: of.name, alerts: [alert] })
    }
  }
  const all = [...groups].map(([key, group]) => ({ id: `group ${key}`, ...group }))
  if (others.length > 0) all.push({ id: 'group', name: rest, alerts: others })
  return all.flatMap(({ id, name, alerts: of }): DeskLine[] => {
    const isOpen = !closed.has(id)
    const head = { id, name, isOpen, alerts: of, counts: countHandlings(of, nowMs) }
    return isOpen ? [head, ...of] : [head]
  })
}

function countHandlings(alerts: readonly Alert[], nowMs: number): Record<Handling, number> {
  const counts = { open: 0, acknowledged: 0, silenced: 0, resolved: 0 }
  for (const alert of alerts) counts[handlingOf(alert, nowMs)] += 1
  return counts
}
