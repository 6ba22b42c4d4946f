import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { isKeyTaken } from '../../base/ui/keys/usePageKeys.ts'

/** How the help and the frame write it. */
export const HANDBOOK_KEY = 'F1'

/** F1 opens the handbook from every page, and not the browser's own help. */
export function useHandbookKey(isEnabled: () => boolean): void {
  const router = useRouter()
  const press = (event: KeyboardEvent) => {
    if (event.key !== HANDBOOK_KEY || !isEnabled()) return
    event.preventDefault()
    if (!isKeyTaken(event)) void router.push({ name: 'handbook' })
  }
  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}
