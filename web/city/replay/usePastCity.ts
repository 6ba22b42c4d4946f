import { defineStore } from 'pinia'
import { provide, type ShallowRef, shallowRef } from 'vue'
import { onLeave } from '../../base/forget.ts'
import { CITY, type City, cityStore } from '../../base/live/store.ts'

const at = shallowRef(0)
const useStore = defineStore('past city', () => cityStore(at))
onLeave(() => {
  useStore().stop()
  at.value = 0
})

/** The city of the replay, for this page and all within it; `at` (epoch ms) is its now. */
export function usePastCity(): { city: City; at: ShallowRef<number> } {
  const city = useStore() as unknown as City
  city.stop()
  provide(CITY, city)
  return { city, at }
}
