import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { forgetPerson } from '../../../web/base/forget.ts'
import { useActions } from '../../../web/base/ui/dialogs/steps/useActions.ts'

interface Thing {
  readonly id: number
  readonly version: number
}
const rectification: Thing = { id: 7, version: 3 }
const tick = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Does as the server does: refuses an action on another version than the present one. */
function stored(first: Thing) {
  let present = first.version
  const sent: number[] = []
  return {
    sent,
    async send({ id, version }: Thing): Promise<Thing> {
      sent.push(version)
      await tick()
      if (version !== present) throw new Error('conflict')
      present += 1
      return { id, version: present }
    },
  }
}

beforeEach(() => {
  setActivePinia(createPinia())
})

it('two quick keys on one rectification do not conflict with each other', async () => {
  const actions = useActions<Thing>()
  const { send, sent } = stored(rectification)
  const [accepted, extended] = await Promise.all([
    actions.act(rectification, 'accept', send),
    actions.act(rectification, 'extend', send),
  ])
  expect(sent).toEqual([3, 4])
  expect([accepted?.version, extended?.version]).toEqual([4, 5])
})

it('the next action uses the version of the answer, though the push has not come', async () => {
  const actions = useActions<Thing>()
  const { send, sent } = stored(rectification)
  await actions.act(rectification, 'accept', send)
  await actions.act(rectification, 'submit', send)
  expect(sent).toEqual([3, 4])
})

it('in bulk, too, and after what is still under way', async () => {
  const actions = useActions<Thing>()
  const { send } = stored(rectification)
  const one = actions.act(rectification, 'accept', send)
  let items: Thing[] = []
  const many = actions.bulk(
    [rectification, { id: 8, version: 1 }],
    async (wanted) => {
      items = wanted
      return wanted
    },
    () => [],
  )
  await Promise.all([one, many])
  expect(items).toEqual([
    { id: 7, version: 4 },
    { id: 8, version: 1 },
  ])
})

it('a second press of the same key does nothing, and the row is busy meanwhile', async () => {
  const actions = useActions<Thing>()
  const { send, sent } = stored(rectification)
  const first = actions.act(rectification, 'accept', send)
  expect(actions.isBusy(7)).toBe(true)
  expect(await actions.act(rectification, 'accept', send)).toBeUndefined()
  await first
  expect(sent).toEqual([3])
  expect(actions.isBusy(7)).toBe(false)
})

it('nothing of it is known to who signs in next', async () => {
  const actions = useActions<Thing>()
  await actions.act(rectification, 'accept', stored(rectification).send)
  forgetPerson()
  const { send, sent } = stored(rectification)
  await actions.act(rectification, 'accept', send)
  expect(sent).toEqual([3])
})
