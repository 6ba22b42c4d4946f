import { once } from 'node:events'
import { WebSocket } from 'ws'

const STEPS = ['HeapProfiler.enable', 'HeapProfiler.collectGarbage', 'HeapProfiler.collectGarbage']

/**
 * Has a process clear its memory up that was started with `--inspect=127.0.0.1:<port>`: V8 does so when it sees fit, and what was only
 * left lying is no browser's.
 */
export async function clearUp(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/json`)
  const [target] = (await answer.json()) as [{ webSocketDebuggerUrl: string }]
  const ws = new WebSocket(target.webSocketDebuggerUrl)
  await once(ws, 'open')
  for (const [id, method] of STEPS.entries()) {
    ws.send(JSON.stringify({ id, method }))
    await once(ws, 'message')
  }
  ws.close()
}
