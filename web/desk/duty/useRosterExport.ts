import type { Shift } from '../../../shared/desk/duty/duty.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useDeskName } from './useDuty.ts'

/** The turns of duty that are shown, to take along. */
export function useRosterExport(shifts: () => readonly Shift[]): () => ExportTable<Shift> {
  const { t } = useWords()
  const deskName = useDeskName()
  return () => ({
    title: t('duty.roster'),
    rows: shifts,
    columns: [
      { label: t('duty.desk'), value: ({ district }) => deskName(district), width: 20 },
      { label: t('duty.person'), value: ({ person }) => person.name },
      { label: t('duty.from'), value: ({ startsAt }) => instant(startsAt), width: 18 },
      { label: t('duty.to'), value: ({ endsAt }) => instant(endsAt), width: 18 },
    ],
  })
}
