import { defineStore } from 'pinia'
import { computed, markRaw } from 'vue'
import { LEDGER_FIELDS } from '../../../shared/register/ledger/ledger-rules.ts'
import { asLedgerField } from '../../../shared/register/own-fields/own-fields-rules.ts'
import { call } from '../../base/call.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import { useSession } from '../../people/sessions/store.ts'

/** The fields of the register: the national ones, and those that the installation has defined. */
export const useFields = defineStore('register fields', () => {
  const session = useSession()
  const query = useQuery(
    () => session.user?.id ?? null,
    (who) => (who === null ? null : call('ownFields')),
    { facts: ({ kind }) => kind === 'register.changed' },
  )
  const defined = query.data
  const own = computed(() => (defined.value ?? []).map(asLedgerField))
  const all = computed(() => [...LEDGER_FIELDS, ...own.value])
  const byKey = computed(() => new Map(all.value.map((field) => [field.key, field])))
  const of = (key: string) => byKey.value.get(key)
  return { defined, own, all, of, query: markRaw(query) }
})
