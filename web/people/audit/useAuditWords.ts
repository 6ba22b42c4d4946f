import type { AuditEntry } from '../../../shared/people/audit/audit.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import { useCity } from '../../base/live/store.ts'
import { formatTime } from '../../base/ui/marks/format.ts'
import { sayingOf } from './values.ts'

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/

const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const isTree = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Says what an entry of the audit is about. A code that a newer server writes and these words have not stays. */
export function useAuditWords() {
  const { t, wordOf } = useWords()
  const city = useCity()
  const districtName = useDistrictName()

  /** What is kept under a name, in words: codes, numbers of sites, instants, and all of that in lists. */
  function sayOf(entity: string, name: string, value: unknown): string {
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
    if (Array.isArray(value)) return value.map((one) => sayOf(entity, name, one)).join(t('common.join'))
    if (isTree(value)) return entriesOf(entity, value).join(t('common.join'))
    const saying = sayingOf(entity, name)
    if (saying.kind === 'word') return wordOf(saying.branch, String(value))
    if (saying.kind === 'district') return districtName(String(value))
    if (saying.kind === 'site') return city.board.sites.get(Number(value))?.name ?? `#${value}`
    return typeof value === 'string' && INSTANT.test(value) ? formatTime(value) : String(value)
  }

  /** What was kept beside who, when and what; the action says itself which action it was. */
  const entriesOf = (entity: string, detail: object): string[] =>
    Object.entries(detail)
      .filter(([name, value]) => name !== 'action' && !saysNothing(value))
      .map(([name, value]) => {
        const [text, said] = [wordOf('audit.field', name), sayOf(entity, name, value)]
        return isTree(value) ? t('common.beside', { text, more: said }) : `${text} ${said}`
      })

  return {
    action: ({ action }: AuditEntry) => wordOf('audit.did', action),
    /** Which one; the noun alone is in the action already. */
    object({ entity, entityId }: AuditEntry): string {
      if (!entityId) return ''
      const site = entity === 'site' ? city.board.sites.get(entityId)?.name : undefined
      return site ?? `${wordOf('audit.entity', entity)} #${entityId}`
    },
    detail: ({ entity, detail }: AuditEntry) => entriesOf(entity, detail).join(' · '),
  }
}
