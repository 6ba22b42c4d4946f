import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { followLeaving, isLeaving } from '../../../web/base/ui/keys/leaving.ts'

const page = { template: '' }
/** A router whose second and third page are fetched for as long as the test wants. */
async function opened() {
  let have = (_: object) => {}
  const fetched = () => new Promise<object>((resolve) => (have = resolve))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'first', component: page },
      { path: '/second', name: 'second', component: fetched },
      { path: '/third', name: 'third', component: page },
      { path: '/broken', name: 'broken', component: () => Promise.reject(new Error('away')) },
    ],
  })
  followLeaving(router)
  await router.push('/')
  return { router, have: () => have(page) }
}

it('a page that is left for one that is still being fetched has no keys any more', async () => {
  const { router, have } = await opened()
  expect(isLeaving.value).toBe(false)
  const going = router.push('/second')
  await Promise.resolve()
  await expect.poll(() => isLeaving.value).toBe(true)
  have()
  await going
  expect([router.currentRoute.value.name, isLeaving.value]).toEqual(['second', false])
})

it('a filter in the address is no other page, and one that cannot be had leaves the keys with the one that stays', async () => {
  const { router } = await opened()
  await router.replace('/?q=1')
  expect(isLeaving.value).toBe(false)
  await expect(router.push('/broken')).rejects.toThrow('away')
  expect([router.currentRoute.value.name, isLeaving.value]).toEqual(['first', false])
})

it('who changes his mind has the other page, and the one before is not waited for', async () => {
  const { router, have } = await opened()
  const first = router.push('/second')
  await expect.poll(() => isLeaving.value).toBe(true)
  await router.push('/third')
  expect([router.currentRoute.value.name, isLeaving.value]).toEqual(['third', false])
  have()
  await first
  expect([router.currentRoute.value.name, isLeaving.value]).toEqual(['third', false])
})
