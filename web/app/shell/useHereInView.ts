import { nextTick, onMounted, onScopeDispose, type Ref, watch } from 'vue'

/**
 * On a telephone the pages are one line that is wider than the screen: the open one comes into view, and stays there
 * while the line grows before it (its type arrives, pages that need a right, a figure). On a low screen they are a column
 * that is higher: it moves only if the open one is out of sight. Whoever has moved either is left alone until another
 * page is opened.
 * @param here changes with the page that is open.
 */
export function useHereInView(nav: Readonly<Ref<HTMLElement | null>>, here: () => unknown): void {
  let isMoved = false
  function show(): void {
    const open = nav.value?.querySelector<HTMLElement>('.here')
    if (isMoved || !nav.value || !open) return
    nav.value.scrollLeft = open.offsetLeft + (open.offsetWidth - nav.value.clientWidth) / 2
    const { scrollTop, clientHeight } = nav.value
    const isInSight =
      open.offsetTop >= scrollTop && open.offsetTop + open.offsetHeight <= scrollTop + clientHeight
    if (!isInSight) nav.value.scrollTop = open.offsetTop + (open.offsetHeight - clientHeight) / 2
  }
  const observer = new ResizeObserver(show)
  onMounted(() => {
    const element = nav.value
    if (!element) return
    for (const section of element.querySelectorAll('section')) observer.observe(section)
    for (const kind of ['wheel', 'touchmove'] as const) {
      element.addEventListener(
        kind,
        () => {
          isMoved = true
        },
        { passive: true },
      )
    }
  })
  onScopeDispose(() => observer.disconnect())
  watch(
    here,
    async () => {
      isMoved = false
      await nextTick()
      show()
    },
    { flush: 'post' },
  )
}
