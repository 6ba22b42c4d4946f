import { computed } from 'vue'
import { now } from '../../../base/clock.ts'
import { useWords } from '../../../base/i18n.ts'
import { formatMoment } from '../../../base/ui/marks/format.ts'
import { useBanners } from '../../../people/banners/useBanners.ts'
import { TURN_MS, turnsOf } from './turns.ts'

/** What is announced on this wall, in turns, and whose turn it is: by the clock, the same on every screen. */
export function useAnnounced() {
  const { t } = useWords()
  const { shown } = useBanners(() => ({ most: Number.POSITIVE_INFINITY, all: true }))
  const said = computed(() =>
    shown.value.map(({ page, id, text, urgent, by, until }) => ({
      key: `${page} ${id}`,
      text,
      urgent,
      label: t(urgent ? 'banner.urgent' : 'banner.title'),
      by: t('banner.by', { name: by, time: formatMoment(until) }),
    })),
  )
  const planned = computed(() => turnsOf(said.value))
  const turns = computed(() => planned.value.turns)
  const isWhole = computed(() => planned.value.isWhole)
  const current = computed(() => Math.floor(now.value / TURN_MS) % Math.max(1, turns.value.length))
  return { turns, isWhole, current }
}
