import { register } from 'tsx/esm/api'

/* The attackers of `sockets.ts`, in a process of their own: beside the good ones they would spoil their times. */
register()
const { attackSockets } = await import('./attackers.ts')
process.on('disconnect', () => process.exit(0))
process.on('message', (target) => {
  attackSockets(target, () => process.send?.({ open: true }))
})
process.send?.({ ready: true })
