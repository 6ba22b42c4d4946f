import { onScopeDispose, type Ref, type ShallowRef, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { HOUR } from '../../../shared/base/time.ts'
import type { NameIn } from '../../../shared/locales/keys.ts'
import { serverNow } from '../../base/clock.ts'
import { useWords } from '../../base/i18n.ts'
import { type PageKey, pressNamed, usePageKeys } from '../../base/ui/keys/usePageKeys.ts'
import { isRange, lastNight, NIGHT_MS, type Range, rangeOf } from './ranges.ts'
import { type Replay, useReplay } from './useReplay.ts'
import { neighbour, type Stretch, useStretch } from './useStretch.ts'

/** Dragging asks for what is under the pointer when it rests. */
const REST_MS = 80

export interface TimeBar {
  readonly replay: Replay
  readonly range: Ref<Range>
  readonly stretch: Stretch
  /** The instant to say (epoch ms): that under the pointer while it is dragged, that asked for until it is there. */
  readonly said: () => number
  drag(atMs: number): void
  jump(atMs: number | null): void
  /** Last night in half a minute. */
  playNight(): void
  /** A key of the bar, pressed on a control that keeps keys to itself. */
  press(event: KeyboardEvent): void
}

/**
 * The past of a page and all within it: which instant is shown, how one goes on from there, by pointer and by keys. The
 * address is that of the instant, so that it can be given to others; without one it begins an hour ago.
 * @param under the division that it is of; without one, of all that the person may see.
 */
export function useTimeBar(under: () => string | undefined = () => undefined): TimeBar {
  const { t } = useWords()
  const route = useRoute()
  const router = useRouter()
  const replay = useReplay(under)
  const { at, isPlaying } = replay
  const asked = () => (typeof route.query.at === 'string' ? Date.parse(route.query.at) : Number.NaN)
  const start = Number.isNaN(asked()) ? serverNow() - HOUR : asked()
  const range = shallowRef<Range>(
    isRange(route.query.range) ? route.query.range : rangeOf(start, serverNow()),
  )
  const stretch = useStretch(range, under)
  const { dragged, drag } = useDrag(replay)
  const jump = (atMs: number | null): void => {
    if (atMs !== null) void replay.seek(atMs)
  }
  function playNight(): void {
    range.value = 'day'
    void replay.playSpan(lastNight(serverNow()), NIGHT_MS)
  }

  const toEvent = (direction: 1 | -1): void => jump(neighbour(stretch.begun.value, at.value, direction))
  const earliest = (): void =>
    jump(Math.max(stretch.fromMs.value, Date.parse(stretch.begun.value?.from ?? '') || 0))
  const key = (
    name: NameIn<'replay.key'>,
    shown: string,
    press: () => void,
    names: readonly string[],
  ): PageKey => ({ keys: names, shown, does: () => t(`replay.key.${name}`), press })
  const keys = [
    key('play', t('replay.space'), replay.toggle, [' ']),
    key('before', '←', () => void replay.step(-1), ['ArrowLeft']),
    key('after', '→', () => void replay.step(1), ['ArrowRight']),
    key('eventBefore', '[', () => toEvent(-1), ['[']),
    key('eventAfter', ']', () => toEvent(1), [']']),
    key('earliest', 'Home', earliest, ['Home']),
    key('latest', 'End', () => jump(serverNow()), ['End']),
  ]
  usePageKeys(() => t('nav.replay'), keys)
  const isLeaving = useLeaving()

  watch([at, isPlaying, range], () => {
    // To replace the address now would call back who is on the way to another page.
    if (isPlaying.value || at.value === 0 || isLeaving()) return
    const query = { ...route.query, at: new Date(at.value).toISOString(), range: range.value }
    void router.replace({ query, hash: route.hash })
  })
  // Somebody has followed a link to another instant, or gone back to one.
  watch(asked, (atMs) => {
    if (!Number.isNaN(atMs) && !isPlaying.value && atMs !== at.value) jump(atMs)
  })
  void replay.seek(start)
  return {
    replay,
    range,
    stretch,
    said: () => dragged.value ?? (at.value || asked() || start),
    drag,
    jump,
    playNight,
    press: (event) => pressNamed(keys, event),
  }
}

/** Whether somebody is on the way to another page, whose program may still be loading. */
function useLeaving(): () => boolean {
  const route = useRoute()
  const router = useRouter()
  let target: string | null = null
  const ends = [
    router.beforeEach((to) => {
      target = to.path === route.path ? null : to.fullPath
    }),
    // Another way that was given up ends too, and later.
    router.afterEach((to) => {
      if (to.fullPath === target) target = null
    }),
    router.onError(() => {
      target = null
    }),
  ]
  onScopeDispose(() => {
    for (const end of ends) end()
  })
  return () => target !== null
}

function useDrag(replay: Replay): { dragged: ShallowRef<number | null>; drag: (atMs: number) => void } {
  const dragged = shallowRef<number | null>(null)
  let rest: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(rest))
  function drag(atMs: number): void {
    dragged.value = atMs
    clearTimeout(rest)
    rest = setTimeout(async () => {
      await replay.seek(atMs)
      if (dragged.value === atMs) dragged.value = null
    }, REST_MS)
  }
  return { dragged, drag }
}
