import { WebSocket } from 'ws'

/*
 * Browsers as far as a server sees of them, in a process of their own: a web socket that compresses all that it says, a
 * subscription, and whatever comes is read. They parse nothing, as it is the server that is measured. The parent says `open` or
 * `back` (all are cut, and come at once); the answer is what they had to wait for.
 */
const { port, cookie, count, rooms } = JSON.parse(process.argv[2] ?? '{}')
const SUBSCRIBE = `42${JSON.stringify(['subscribe', { rooms }])}`
const address = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`
let sockets = []
let told = 0

/** One more browser; resolves when it has its whole board. */
function open() {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { headers: { cookie }, perMessageDeflate: { threshold: 0 } })
    sockets.push(socket)
    socket.once('error', reject)
    socket.once('close', (code, why) => reject(new Error(`closed: ${code} ${why}`)))
    socket.on('message', (data) => {
      const head = data.subarray(0, 14).toString()
      if (head === '2') socket.send('3')
      else if (head.startsWith('0{')) socket.send('40')
      else if (head.startsWith('40{')) socket.send(SUBSCRIBE)
      else if (head.startsWith('42["snapshot"')) resolve(data.length)
      else if (head.startsWith('42["facts"')) told += 1
    })
  })
}

function end() {
  for (const socket of sockets) {
    socket.removeAllListeners('close')
    socket.on('error', () => {})
    socket.terminate()
  }
  sockets = []
}

process.on('message', async (word) => {
  if (word === 'end') process.exit(0)
  if (word === 'told') return process.send({ told })
  end()
  const began = performance.now()
  try {
    const sizes = await Promise.all(Array.from({ length: count }, open))
    process.send({ ms: performance.now() - began, bytes: Math.max(...sizes) })
  } catch (error) {
    process.send({ failed: String(error) })
  }
})
