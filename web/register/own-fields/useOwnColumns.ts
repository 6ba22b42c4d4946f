import { computed } from 'vue'
import { call } from '../../base/call.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import { useFields } from '../ledger/fields.ts'
import { useLedgerWords } from '../ledger/useLedgerWords.ts'

/** More are no table any more. */
export const MOST_COLUMNS = 3

/** Stands where it is still to be read what a site says. */
const NOT_READ = '…'
/** A list that moves on while it is read is read again so often. */
const TRIES = 3

/** A field of one's own as a column of the list of sites. */
export interface OwnColumn {
  readonly key: string
  readonly label: string
  readonly isNumber: boolean
  /** What a site says; '' where it says nothing, `NOT_READ` while that is not known. */
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
    async (wanted) => wanted && { ...(await call('ownValues', { query: wanted })), of: asSet(wanted.sites) },
    {
      of: (wanted) => wanted?.keys,
      facts: ({ kind }) => kind === 'register.changed' || kind === 'ledger.edited' || kind === 'ledger.added',
    },
  )
  const saidBy = (siteId: number, key: string) => query.data.value?.values[siteId]?.[key]
  /** Whether the answer is about a site: while sites come and go, the answer is still about those before. */
  function isRead(siteId: number): boolean {
    const answer = query.data.value
    return !!answer && (answer.of === null || answer.of.has(siteId))
  }
  function isAllRead(): boolean {
    const sites = listed()
    return keys.value.length === 0 || (sites === null ? query.data.value !== undefined : sites.every(isRead))
  }
  const columns = computed((): OwnColumn[] =>
    shown.value.map(({ key, type }) => ({
      ...{ key, label: nameOf(key), isNumber: type === 'number' },
      say: (siteId) => (isRead(siteId) ? say(key, saidBy(siteId, key)) : NOT_READ),
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
  /** Waits until it is known what all sites say. @throws what refused it */
  async function read(): Promise<void> {
    for (let n = 0; n < TRIES && !isAllRead(); n++) {
      await query.reload()
      if (query.error.value) throw query.error.value
    }
  }
  return { usable, columns, isAsked, read, query }
}

const asSet = (sites: string | undefined): ReadonlySet<number> | null =>
  sites === undefined ? null : new Set(sites.split(',').map(Number))
