import { type ComputedRef, computed } from 'vue'
import { call } from '../../../base/call.ts'
import { useCity } from '../../../base/live/store.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'
import { findUnits } from '../../../register/units/find.ts'
import type { RectificationFilters } from './useRectificationList.ts'

interface NamedUnit {
  readonly id: number
  readonly name: string
}

export interface UnitChoice {
  /** Whether there is more than one to choose from. */
  readonly isOffered: ComputedRef<boolean>
  /** The one that is chosen, with its name; null: none, or not known yet. */
  readonly chosen: ComputedRef<NamedUnit | null>
  find(text: string): Promise<readonly NamedUnit[]>
}

const OFFERED = 30

/**
 * By which units a list of rectifications can be narrowed, in the district that is chosen: those that have one on the board; where
 * the board holds only a part, all that the server knows.
 */
export function useUnitChoice(filters: () => Pick<RectificationFilters, 'district' | 'unit'>): UnitChoice {
  const city = useCity()
  const units = computed(() => {
    const { district } = filters()
    const named = new Map<number, string>()
    for (const rectification of city.board.rectifications.values()) {
      if (district === '' || rectification.district === district)
        named.set(rectification.unitId, rectification.unit)
    }
    return [...named]
      .map(([id, name]) => ({ id, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
  })
  const served = useQuery(
    () => (city.isSummed && filters().unit !== '' ? Number(filters().unit) : null),
    (id) => (id === null ? null : call('unit', { params: { id } })),
  )
  const onBoard = computed(() => units.value.find(({ id }) => String(id) === filters().unit) ?? null)

  /** By a part of the name, or by what the server finds for pinyin or a site's code. */
  async function find(text: string): Promise<readonly NamedUnit[]> {
    const fitting = () => findUnits(text, filters().district || undefined)
    if (city.isSummed) return fitting()
    if (text === '') return units.value.slice(0, OFFERED)
    const named = units.value.filter(({ name }) => name.includes(text))
    if (named.length > 0) return named.slice(0, OFFERED)
    const ids = new Set((await fitting()).map(({ id }) => id))
    return units.value.filter(({ id }) => ids.has(id))
  }
  return {
    isOffered: computed(() => city.isSummed || units.value.length > 1),
    chosen: computed(() => (city.isSummed ? (served.data.value ?? null) : onBoard.value)),
    find,
  }
}
