import { constants, setPriority } from 'node:os'
import { complain, onFault } from '../../../base/last-word.ts'
import { Drawer } from './drawer.ts'
import type { FromDrawer, Setup, ToDrawer } from './order.ts'

/*
 * The process that draws pages, a child of the server's: `RENDER_SETUP` sets it up; it says when it is ready, or why it cannot
 * be, and answers each order with one message. It ends with its parent.
 */

const tell = (message: FromDrawer): void => void process.send?.(message)

async function main(): Promise<void> {
  const setup = JSON.parse(process.env.RENDER_SETUP ?? '') as Setup
  // Whoever measures goes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  const drawer = new Drawer(setup, () => performance.now())
  let isEnding = false
  const end = () => {
    isEnding = true
    void drawer.close().finally(() => process.exit(0))
  }
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, end)
  const version = await drawer.start()
  process.on('message', ({ draw }: ToDrawer) => {
    void drawer.draw(draw).then((answer) => {
      // What ends with the process was broken off, whatever it looked like.
      if (!isEnding) tell({ id: draw.id, answer, held: drawer.held, own: process.memoryUsage.rss() })
    })
  })
  tell({ ready: true, version })
}

onFault(complain('render'), () => process.exit(1))

main().catch((error: Error) => {
  tell({ error: error.message.split('\n', 1)[0] ?? '' })
  process.exit(1)
})
