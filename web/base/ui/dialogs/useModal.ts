import { onMounted, type ShallowRef } from 'vue'

/** A native modal dialog: opened once it is drawn, left by a press outside of it. @returns the handler of presses. */
export function useModal(
  dialog: Readonly<ShallowRef<HTMLDialogElement | null>>,
  close: () => void,
): (event: MouseEvent) => void {
  onMounted(() => dialog.value?.showModal())
  return (event) => {
    if (event.target === dialog.value) close()
  }
}
