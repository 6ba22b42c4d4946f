import { useWords } from '../../../base/i18n.ts'
import { toast } from '../../../base/ui/dialogs/toasts.ts'
import type { PageKey } from '../../../base/ui/keys/usePageKeys.ts'
import { useListKeys } from '../../../base/ui/lists/worklist/useListKeys.ts'
import type { AlertStep } from '../steps/useAlertActions.ts'
import { type AlertGrouping, GROUPINGS } from './groups.ts'
import { type AlertDesk, IN_BULK } from './useAlertDesk.ts'

/** The key of each step. */
export const STEP_KEYS = {
  a: 'acknowledge',
  u: 'unacknowledge',
  s: 'assign',
  m: 'silence',
  n: 'unsilence',
  c: 'comment',
  v: 'regrade',
  i: 'merge',
  o: 'split',
  f: 'falseAlarm',
  r: 'resolve',
} as const satisfies Record<string, AlertStep>

/** What is done to the alerts of the list, by keys and from the palette. */
export function useDeskCommands(desk: AlertDesk) {
  const { t } = useWords()
  const { pop, can, canRaise, raising } = desk
  const { targets } = desk.work
  const isMany = (step: AlertStep) => IN_BULK.some((one) => one === step)

  /** The alerts that a step would be done to. */
  function takers(step: AlertStep) {
    const able = targets.value.filter((alert) => can(step, alert))
    return isMany(step) ? able : able.slice(0, targets.value.length === 1 ? 1 : 0)
  }
  function step(name: AlertStep): void {
    const able = takers(name)
    if (able.length > 0) pop.show(name, able)
    else if (targets.value.length > 0) toast(t('list.keys.cannot', { step: t(`alerts.${name}`) }))
  }
  /** The rectification is raised from one site's alert. */
  const raisable = () => (targets.value.length === 1 ? targets.value.find(canRaise) : undefined)
  function raise(): void {
    const alert = raisable()
    if (alert) raising.value = alert
    else if (targets.value.length > 0) toast(t('list.keys.cannot', { step: t('alerts.raise') }))
  }
  /** The next way to group the list. */
  function regroup(): void {
    const place = GROUPINGS.indexOf(desk.filters().group as AlertGrouping)
    desk.set({ group: GROUPINGS[(place + 1) % GROUPINGS.length] ?? 'none' })
  }
  return { takers, regroup, step, raisable, raise }
}
export type DeskCommands = ReturnType<typeof useDeskCommands>

/** Triage without the mouse. */
export function useAlertKeys(desk: AlertDesk, commands: DeskCommands): void {
  const { t } = useWords()
  const { opened, work, pop } = desk
  const steps = Object.entries(STEP_KEYS).map(
    ([key, step]): PageKey => ({
      keys: [key],
      does: () => t(`alerts.${step}`),
      press: () => commands.step(step),
      isThere: () => desk.may(step),
    }),
  )
  useListKeys(work, {
    title: () => t('alerts.keys.list'),
    canSelect: () => desk.actsOn.value,
    open: ({ id }) => opened.show(id),
    follow: ({ id }) => opened.id.value !== null && opened.show(id),
    leave: desk.leave,
    also: [
      { keys: ['e'], does: () => t('alerts.keys.e'), press: commands.raise, isThere: desk.mayRaise },
      { keys: ['b'], does: () => t('alerts.keys.regroup'), press: commands.regroup },
      ...steps,
    ],
    isEnabled: () => pop.open.value === null,
  })
}
