import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { connect } from '../../../server/base/db/connect.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makePeople } from '../../support/people.ts'
import { watch } from '../../support/product/watcher.ts'
import { until } from '../../support/until.ts'

let app: TestApp
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  await makePeople(connection.db)
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

/** A web socket that shows a token. @param asks whether it goes on to ask to be let in */
function showing(token: string, asks: boolean) {
  const ws = new WebSocket(`${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const state = { ws, isIn: false, isOver: false, wasOpen: false }
  ws.on('error', () => {})
  ws.on('close', () => {
    state.isOver = true
  })
  ws.on('message', (data) => {
    const text = String(data)
    state.wasOpen = true
    if (text === '2') ws.send('3')
    else if (text.startsWith('0{') && asks) ws.send('40')
    else if (text.startsWith('40{')) state.isIn = true
  })
  return state
}

it('one address may have many connections by a token that is somebody’s', async () => {
  const duty = await app.signIn('duty')
  const { key } = await duty.call('createToken', {
    body: { label: '值班脚本', readOnly: true, expiresAt: null },
  })
  const sockets: ReturnType<typeof showing>[] = []
  for (let n = 0; n < 150; n++) {
    const one = showing(key, true)
    sockets.push(one)
    await until('it is in', () => one.isIn)
  }
  expect(sockets.filter(({ isOver }) => isOver)).toEqual([])
  for (const { ws } of sockets) ws.terminate()
})

it('who makes up tokens is a stranger, of whom one address may have few, and others get in as ever', async () => {
  const flood = Array.from({ length: 200 }, (_, n) => showing(`made-up-${n}`, false))
  await until('each has its answer', () => flood.every(({ isOver, wasOpen }) => isOver || wasOpen))
  expect(flood.filter(({ wasOpen }) => wasOpen).length).toBeLessThanOrEqual(65)
  const good = await watch(await app.signIn('duty'))
  good.close()
  const more = Array.from({ length: 50 }, (_, n) => showing(`and-more-${n}`, true))
  await until('each has its answer', () => more.every(({ isOver }) => isOver))
  for (const { ws } of flood) ws.terminate()
})
