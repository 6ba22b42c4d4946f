import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { patient } from '../../support/run/patience.ts'
import { sites } from './support.ts'

interface Ready {
  type: string
  httpPort: number
  controlPort: number
  ca: string
}

let child: ChildProcess | null = null
afterEach(() => child?.kill('SIGKILL'))

async function start(): Promise<Ready> {
  const file = fileURLToPath(new URL('../../../server/demo/fleet/main.ts', import.meta.url))
  child = fork(file, [], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return new Promise((resolve) => child!.once('message', (message) => resolve(message as Ready)))
}

const ended = () => new Promise((resolve) => child!.once('exit', resolve))

it('the fleet says when it is ready, and ends at once when told to', async () => {
  const ready = await start()
  expect(ready.type).toBe('ready')
  expect(ready.ca).toContain('BEGIN CERTIFICATE')
  const response = await fetch(`http://127.0.0.1:${ready.controlPort}/__fleet/state`)
  expect(await response.json()).toEqual({ line: 'up', overrides: [] })
  expect(sites).toHaveLength(640)
  const began = performance.now()
  child!.kill('SIGTERM')
  expect(await ended()).toBe(0)
  // Connections that are kept alive would hold it for a minute.
  expect(performance.now() - began).toBeLessThan(patient(10_000))
})

it('the fleet ends with its parent', async () => {
  await start()
  child!.disconnect()
  expect(await ended()).toBe(0)
})
