import { type ShallowRef, shallowRef, watch } from 'vue'
import { call } from '../call.ts'
import { useCity } from '../city/store.ts'

/** Two weeks of work: beyond that nobody counts days. */
const AHEAD = 10
const known = shallowRef<readonly string[]>([])
let knownFor = ''

async function load(today: string): Promise<void> {
  knownFor = today
  const terms = Array.from({ length: AHEAD }, (_, i) =>
    call('deadlines', { query: { from: today, workdays: i + 1 } }).catch(() => null),
  )
  const answers = await Promise.all(terms)
  if (knownFor === today) known.value = answers.flatMap((answer) => answer?.due ?? [])
}

/** The next Chinese working days after today, asked for once a day; empty until they are known. */
export function useWorkdays(): Readonly<ShallowRef<readonly string[]>> {
  const city = useCity()
  watch(
    () => city.today,
    (today) => {
      if (today !== knownFor) void load(today)
    },
    { immediate: true },
  )
  return known
}
