import { useI18n } from 'vue-i18n'
import { toast } from '../../../base/ui/dialogs/toasts.ts'
import { usePageKeys } from '../../../base/ui/keys/usePageKeys.ts'
import type { AlertStep } from '../steps/useAlertActions.ts'
import { GROUPINGS, type Grouping, isGroup } from './groups.ts'
import { type AlertDesk, IN_BULK } from './useAlertDesk.ts'

/** The key of each step; the help says them to people. */
export const STEP_KEYS = {
  a: 'acknowledge',
  u: 'unacknowledge',
  s: 'assign',
  m: 'silence',
  c: 'comment',
  v: 'regrade',
  i: 'merge',
  o: 'split',
  f: 'falseAlarm',
  r: 'resolve',
} as const satisfies Record<string, AlertStep>

/** What each step and key does to the list, for keys and for the palette. */
export function useDeskCommands(desk: AlertDesk) {
  const { t } = useI18n()
  const { cursor, selection, pop, opened, can, canRaise, raising, held, targets } = desk
  const isMany = (step: AlertStep) => IN_BULK.some((one) => one === step)

  /** The alerts that a step would be done to. */
  function takers(step: AlertStep) {
    const able = targets.value.filter((alert) => can(step, alert))
    return isMany(step) ? able : able.slice(0, targets.value.length === 1 ? 1 : 0)
  }
  function step(name: AlertStep): void {
    const able = takers(name)
    if (able.length > 0) pop.show(name, able, document.querySelector('tr.cursor'))
    else if (targets.value.length > 0) toast(t('alerts.keys.cannot', { step: t(`alerts.${name}`) }))
  }
  function move(by: number): void {
    cursor.move(by)
    const line = cursor.row.value
    if (opened.id.value !== null && line && !isGroup(line)) opened.show(line.id)
  }
  function open(): void {
    const line = cursor.row.value
    if (line) isGroup(line) ? desk.groups.toggle(line.id) : opened.show(line.id)
  }
  function select(): void {
    const line = cursor.row.value
    if (!line) return
    if (isGroup(line)) selection.toggleMany(line.alerts.map(({ id }) => id))
    else selection.toggle(line.id)
  }
  function selectRange(): void {
    const line = cursor.row.value
    if (!line || isGroup(line)) return
    const shown = desk.groups.lines.value.flatMap((one) => (isGroup(one) ? [] : [one.id]))
    selection.extend(line.id, shown)
  }
  /** The rectification is raised from one site's alert. */
  const raisable = () => (targets.value.length === 1 ? targets.value.find(canRaise) : undefined)
  function raise(): void {
    const alert = raisable()
    if (alert) raising.value = alert
    else if (targets.value.length > 0) toast(t('alerts.keys.cannot', { step: t('alerts.raise') }))
  }
  /** One thing after the other: what is open, what is selected, then the cursor, which lets the list move again. */
  function leave(): void {
    if (opened.id.value !== null) opened.close()
    else if (selection.selected.value.length > 0) selection.clear()
    else cursor.set(null)
  }
  /** The next way to group the list. */
  function regroup(): void {
    const place = GROUPINGS.indexOf(desk.filters().group as Grouping)
    desk.set({ group: GROUPINGS[(place + 1) % GROUPINGS.length] ?? 'none' })
  }
  return {
    takers,
    regroup,
    step,
    move,
    open,
    select,
    selectRange,
    raisable,
    raise,
    leave,
    update: held.update,
  }
}
export type DeskCommands = ReturnType<typeof useDeskCommands>

/** Triage without the mouse; the help says what each key does. */
export function useAlertKeys(desk: AlertDesk, commands: DeskCommands): void {
  const steps = Object.entries(STEP_KEYS).map(([key, step]) => [key, () => commands.step(step)] as const)
  const { move, open, select, selectRange, raise, leave, update, regroup } = commands
  usePageKeys(
    {
      ...Object.fromEntries(steps),
      j: () => move(1),
      k: () => move(-1),
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      x: select,
      X: selectRange,
      e: raise,
      b: regroup,
      Enter: open,
      Escape: leave,
      '.': update,
      '/': () => document.querySelector<HTMLElement>('.filter-bar [type=search]')?.focus(),
    },
    () => desk.pop.open.value === null,
  )
}
