import { endpoints } from 'virtual:endpoints'
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { Fact } from '../../../../shared/base/facts.ts'
import { bringEndpoints, CallError, call } from '../../../../web/base/call.ts'
import { useCity } from '../../../../web/base/live/store.ts'
import { useLiveOr } from '../../../../web/base/ui/lists/useLiveOr.ts'
import { usePages } from '../../../../web/base/ui/lists/usePages.ts'
import { useQuery } from '../../../../web/base/ui/lists/useQuery.ts'
import { server } from './served.ts'

bringEndpoints(endpoints)
const inScope = <T>(work: () => T): T => effectScope().run(work)!

describe('what is fetched', () => {
  it('of another site is not shown while that of this one is under way', async () => {
    const site = ref(1)
    const { fetch, open } = server<number, string>()
    const remote = inScope(() => useQuery(() => site.value, fetch))
    await open[0]!.answer('first')
    expect(remote.data.value).toBe('first')
    site.value = 2
    await nextTick()
    expect(remote.data.value).toBeUndefined()
    await open[1]!.fail()
    expect(remote.data.value).toBeUndefined()
    expect(remote.error.value).toBeInstanceOf(Error)
  })

  it('may be that there is none, which is an answer', async () => {
    const { fetch, open } = server<number, string | null>()
    const remote = inScope(() => useQuery(() => 1, fetch))
    await open[0]!.answer(null)
    expect(remote.data.value).toBeNull()
    expect(remote.isLoading.value).toBe(false)
  })

  it('for another site does not appear when it comes late', async () => {
    const site = ref(1)
    const { fetch, open } = server<number, string>()
    const remote = inScope(() => useQuery(() => site.value, fetch))
    site.value = 2
    await nextTick()
    await open[1]!.answer('second')
    await open[0]!.answer('first')
    expect(remote.data.value).toBe('second')
  })

  it('appears although it is asked for anew before each answer', async () => {
    const { fetch, open } = server<number, string>()
    const remote = inScope(() => useQuery(() => 1, fetch))
    for (let n = 0; n < 5; n += 1) {
      void remote.reload()
      await open[n]!.answer(`answer ${n}`)
      expect(remote.data.value).toBe(`answer ${n}`)
      expect(remote.isLoading.value).toBe(true)
    }
  })

  it('is not replaced by an older answer that was overtaken', async () => {
    const { fetch, open } = server<number, string>()
    const remote = inScope(() => useQuery(() => 1, fetch))
    void remote.reload()
    await open[1]!.answer('new')
    await open[0]!.answer('old')
    expect(remote.data.value).toBe('new')
    expect(remote.isLoading.value).toBe(false)
  })

  it('stays while only the hour has changed, and goes when the site has', async () => {
    const asked = ref({ site: 1, hour: 8 })
    const { fetch, open } = server<{ site: number; hour: number }, string>()
    const remote = inScope(() => useQuery(() => asked.value, fetch, { of: ({ site }) => site }))
    await open[0]!.answer('at eight')
    asked.value = { site: 1, hour: 9 }
    await nextTick()
    expect(remote.data.value).toBe('at eight')
    asked.value = { site: 2, hour: 9 }
    await nextTick()
    expect(remote.data.value).toBeUndefined()
  })

  it('is given up when something else is asked for, and when nobody waits any more', async () => {
    const signals: AbortSignal[] = []
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
      if (signal) signals.push(signal)
      return new Promise(() => undefined)
    })
    onTestFinished(() => void vi.unstubAllGlobals())
    const site = ref(1)
    const scope = effectScope()
    const query = scope.run(() =>
      useQuery(
        () => site.value,
        (id) => call('site', { params: { id } }),
      ),
    )!
    site.value = 2
    await nextTick()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    void query.reload()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, false])
    scope.stop()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true])
    expect(query.error.value).toBeNull()
  })

  it('is fetched anew after a fact about it, once for a burst, and when facts may have been missed', async () => {
    setActivePinia(createPinia())
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const city = useCity()
    const fact = (seq: number, siteId: number) => ({ seq, siteId, kind: 'site.changed' }) as Fact
    const tell = async (...facts: Fact[]) => {
      city.recent = facts
      await nextTick()
      vi.advanceTimersByTime(400)
    }
    await tell(fact(1, 7))
    const fetch = vi.fn(() => Promise.resolve('answer'))
    inScope(() => useQuery(() => 1, fetch, { facts: ({ siteId }) => siteId === 7 }))
    await tell(fact(2, 8), fact(1, 7))
    expect(fetch, 'of another site').toHaveBeenCalledTimes(1)
    await tell(fact(4, 7), fact(3, 7), fact(2, 8), fact(1, 7))
    expect(fetch, 'two facts at once').toHaveBeenCalledTimes(2)
    await tell(fact(90, 8))
    expect(fetch, 'those between are unknown').toHaveBeenCalledTimes(3)
  })

  it('says an error of asking itself, and can be asked for again', async () => {
    let isBroken = true
    const remote = inScope(() =>
      useQuery(
        () => 1,
        () => {
          if (isBroken)
            throw new CallError({
              type: '',
              title: '',
              status: 0,
              code: 'unavailable',
              reason: 'http.notPossibleJustNow',
              detail: 'away',
            })
          return Promise.resolve('there')
        },
      ),
    )
    await nextTick()
    expect(remote.error.value).toBeInstanceOf(CallError)
    isBroken = false
    await remote.reload()
    expect([remote.error.value, remote.data.value]).toEqual([null, 'there'])
  })
})

describe('a list by pages', () => {
  const page = (name: string, next: string | null = 'next') => ({ items: [name], nextCursor: next, total: 9 })

  it('does not take a page of the old filter into the new list', async () => {
    const q = ref('old')
    const { fetch, open } = server<string, ReturnType<typeof page>>()
    const list = inScope(() => usePages(() => q.value, fetch))
    await open[0]!.answer(page('old 1'))
    const more = list.more()
    q.value = 'new'
    await nextTick()
    await open[1]!.answer(page('old 2'))
    await more
    await open[2]!.answer(page('new 1'))
    expect(list.items.value).toEqual(['new 1'])
  })

  it('can be gone on with while a page of the old filter is still under way', async () => {
    const q = ref('old')
    const { fetch, open } = server<string, ReturnType<typeof page>>()
    const list = inScope(() => usePages(() => q.value, fetch))
    await open[0]!.answer(page('old 1'))
    void list.more()
    q.value = 'new'
    await nextTick()
    await open[2]!.answer(page('new 1'))
    expect(list.isBusy('more')).toBe(false)
    const more = list.more()
    expect(list.isBusy('more')).toBe(true)
    await open[3]!.answer(page('new 2', null))
    await more
    expect(list.items.value).toEqual(['new 1', 'new 2'])
    expect(list.hasMore.value).toBe(false)
  })

  it('keeps its later pages when it only grows at the top, and drops them when it is another list', async () => {
    const site = ref(1)
    const { fetch, open } = server<number, ReturnType<typeof page>>()
    const list = inScope(() => usePages(() => site.value, fetch, { of: () => site.value, keepsLater: true }))
    await open[0]!.answer(page('fact 2'))
    void list.more()
    await open[1]!.answer(page('fact 1', null))
    void list.reload()
    await open[2]!.answer(page('fact 3'))
    expect(list.items.value).toEqual(['fact 3', 'fact 1'])
    site.value = 2
    await nextTick()
    expect(list.items.value).toEqual([])
  })

  it('is read again as far as it was, and goes on from there', async () => {
    const q = ref('x')
    const { fetch, open } = server<string | undefined, ReturnType<typeof page>>()
    const list = inScope(() =>
      usePages(
        () => q.value,
        (_, cursor) => fetch(cursor),
      ),
    )
    await open[0]!.answer(page('one', 'to 2'))
    void list.more()
    await open[1]!.answer(page('two', 'to 3'))
    const again = list.reload()
    // What is asked for meanwhile belongs below what will be there.
    const more = list.more()
    await open[3]!.answer(page('three', 'to 4'))
    await more
    await open[2]!.answer(page('new one', 'to new 2'))
    expect(list.items.value, 'nothing is taken away meanwhile').toEqual(['one', 'two', 'three'])
    expect(open[4]!.input).toBe('to new 2')
    await open[4]!.answer(page('new two', 'to new 3'))
    await open[5]!.answer(page('new three', 'to new 4'))
    await again
    expect(list.items.value).toEqual(['new one', 'new two', 'new three'])
    const after = list.more()
    expect(open[6]!.input).toBe('to new 4')
    await open[6]!.answer(page('four', null))
    await after
    expect(list.items.value).toEqual(['new one', 'new two', 'new three', 'four'])
    q.value = 'y'
    await nextTick()
    await open[7]!.answer(page('another'))
    expect(list.items.value, 'another question begins with its first page').toEqual(['another'])
  })

  it('takes the page that follows now when the rows above it were read again meanwhile', async () => {
    const { fetch, open } = server<string | undefined, ReturnType<typeof page>>()
    const list = inScope(() =>
      usePages(
        () => 'x',
        (_, cursor) => fetch(cursor),
      ),
    )
    await open[0]!.answer(page('one', 'to 2'))
    const more = list.more()
    void list.reload()
    await open[2]!.answer(page('new one', 'to new 2'))
    await open[1]!.answer(page('old two'))
    expect(list.items.value).toEqual(['new one'])
    expect(open[3]!.input).toBe('to new 2')
    await open[3]!.answer(page('new two', null))
    await more
    expect(list.items.value).toEqual(['new one', 'new two'])
  })
})

describe('what is live, else stored', () => {
  it('stays as it was last while the server is asked about what has just left the board', async () => {
    setActivePinia(createPinia())
    const city = useCity()
    const id = ref(7)
    const live = ref<string | undefined>('verifying')
    const { fetch, open } = server<number, string>()
    city.isLoaded = true
    const one = inScope(() =>
      useLiveOr(
        () => id.value,
        () => (id.value === 7 ? live.value : undefined),
        fetch,
        () => false,
      ),
    )
    expect(one.data.value).toBe('verifying')
    live.value = undefined
    await nextTick()
    expect(one.data.value, 'the page is not taken away from who writes on it').toBe('verifying')
    await open[0]!.answer('closed')
    expect(one.data.value).toBe('closed')
    id.value = 8
    await nextTick()
    expect(one.data.value, 'of another nothing is known yet').toBeUndefined()
  })
})
