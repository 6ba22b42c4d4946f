import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useCity } from '../../base/live/store.ts'
import { isKeyTaken } from '../../base/ui/keys/usePageKeys.ts'
import { useSession } from '../../people/sessions/store.ts'
import { pagesFor } from '../pages.ts'

/** After g, the next key belongs to us for this long. */
const SEQUENCE_MS = 1_500

/** Keys that work on every page within the desk's frame: g and a letter go to another one. */
export function useGoKeys(): void {
  const router = useRouter()
  const city = useCity()
  const session = useSession()
  let pressedAt = Number.NEGATIVE_INFINITY

  function press(event: KeyboardEvent): void {
    if (isKeyTaken(event)) return
    const isSecond = event.timeStamp - pressedAt < SEQUENCE_MS
    pressedAt = Number.NEGATIVE_INFINITY
    if (isSecond) {
      const letter = event.key.toLowerCase()
      const page = pagesFor(session.can, city.isDemo).find(({ key }) => key === letter)
      if (page) void router.push({ name: page.name })
    } else if (event.key.toLowerCase() === 'g' && !event.shiftKey) pressedAt = event.timeStamp
    else return
    // Before the keys of the page, to which the second letter means something else.
    event.preventDefault()
    event.stopPropagation()
  }
  onMounted(() => window.addEventListener('keydown', press, { capture: true }))
  onBeforeUnmount(() => window.removeEventListener('keydown', press, { capture: true }))
}
