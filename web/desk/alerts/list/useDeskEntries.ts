import { alertSubject } from '../../../../shared/desk/alerts/subject-rules.ts'
import { useWords } from '../../../base/i18n.ts'
import type { Entry } from '../../../base/ui/entries.ts'
import type { AlertStep } from '../steps/useAlertActions.ts'
import { GROUPINGS } from './groups.ts'
import type { AlertDesk } from './useAlertDesk.ts'
import { type DeskCommands, STEP_KEYS } from './useAlertKeys.ts'

/** What the palette can do to the selection of the list, or to the line under its cursor. */
export function useDeskEntries(desk: AlertDesk, commands: DeskCommands): () => readonly Entry[] {
  const { t } = useWords()
  const entry = (key: string, name: string, more: string, run: () => void): Entry => ({
    key: `command ${name}`,
    section: 'commands',
    name,
    more,
    keys: key,
    run,
  })
  return () => {
    const targets = desk.work.targets.value
    const [first] = targets
    const whom = (n: number) =>
      n === 1 && first ? (alertSubject(first) ?? t('alerts.city')) : t('desk.selected', { n })
    const steps = Object.entries(STEP_KEYS).flatMap(([key, step]: [string, AlertStep]) => {
      const { length } = commands.takers(step)
      return length === 0 ? [] : [entry(key, t(`alerts.${step}`), whom(length), () => commands.step(step))]
    })
    const raise = commands.raisable() ? [entry('e', t('alerts.raise'), whom(1), () => commands.raise())] : []
    const groupings = GROUPINGS.filter((one) => one !== desk.filters().group).map((group) =>
      entry('b', t(`alerts.group.by.${group}`), t('alerts.title'), () => desk.set({ group })),
    )
    return [...steps, ...raise, ...groupings]
  }
}
