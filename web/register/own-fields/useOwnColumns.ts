import { computed } from 'vue'
import { call } from '../../base/call.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import { useFields } from '../ledger/fields.ts'
import { useLedgerWords } from '../ledger/useLedgerWords.ts'

/** More are no table any more. */
export const MOST_COLUMNS = 3

/** A field of one's own as a column of the list of sites. */
export interface OwnColumn {
  readonly key: string
  readonly label: string
  readonly isNumber: boolean
  /** What a site says; '' where it says nothing. */
  readonly say: (siteId: number) => string
}

interface Asked {
  readonly own: string
  readonly ownValue: string
  readonly columns: string
}

/**
 * What sites say in fields of one's own: those that are columns, and the one that the list is filtered by.
 * @param listed the sites that a list has, where it has not all of them; null: it has all
 */
export function useOwnColumns(asked: () => Asked, listed: () => readonly number[] | null = () => null) {
  const known = useFields()
  const { say, nameOf } = useLedgerWords()
  const usable = computed(() => known.own.filter(({ retired }) => !retired))
  const shown = computed(() =>
    usable.value.filter(({ key }) => asked().columns.split(',').includes(key)).slice(0, MOST_COLUMNS),
  )
  const filtered = computed(() => usable.value.find(({ key }) => key === asked().own))
  const keys = computed(() =>
    [
      ...new Set([...shown.value.map(({ key }) => key), ...(filtered.value ? [filtered.value.key] : [])]),
    ].sort(),
  )
  const query = useQuery(
    () => {
      const sites = listed()?.toSorted((a, b) => a - b)
      if (keys.value.length === 0 || sites?.length === 0) return null
      return { keys: keys.value.join(), ...(sites && { sites: sites.join() }) }
    },
    async (wanted) => wanted && call('ownValues', { query: wanted }),
    {
      of: (wanted) => wanted?.keys,
      facts: ({ kind }) => kind === 'register.changed' || kind === 'ledger.edited' || kind === 'ledger.added',
    },
  )
  const saidBy = (siteId: number, key: string) => query.data.value?.values[siteId]?.[key]
  const columns = computed((): OwnColumn[] =>
    shown.value.map(({ key, type }) => ({
      ...{ key, label: nameOf(key), isNumber: type === 'number' },
      say: (siteId) => say(key, saidBy(siteId, key)),
    })),
  )
  /** Whether a site says what is asked; while that is not known yet, none is left out. */
  function isAsked({ id }: { readonly id: number }): boolean {
    const field = filtered.value
    if (!field || !query.data.value) return true
    const [value, wanted] = [saidBy(id, field.key), asked().ownValue]
    if (wanted === '') return value === undefined
    if (field.type === 'text')
      return String(value ?? '')
        .toLowerCase()
        .includes(wanted.toLowerCase())
    return String(value) === wanted
  }
  return { usable, columns, isAsked }
}
