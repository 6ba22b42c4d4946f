import { shallowRef } from 'vue'
import { onLeave } from '../../people/sessions/forget.ts'

/** Whether the help about keys is open, on whatever page. */
export const isHelpOpen = shallowRef(false)
onLeave(() => {
  isHelpOpen.value = false
})
