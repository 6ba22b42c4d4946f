import { Refusal } from '../../../base/refusal.ts'
import { endProgram, firstMessage, spawnProgram } from '../../../base/spawn.ts'
import { createTurns } from '../../../base/turns.ts'
import '../refusals.ts'
import type { WriterAsked, WriterTold } from './writer.ts'

/** What is uploaded is worked on in so much memory, and so long; a report of a whole city takes a second. */
const MEMORY = '--max-old-space-size=512'
const MOST_MS = 60_000

/** One at a time, and some that wait, each of which is held in memory. */
const turns = createTurns(1, 8, 'documents.busy')

/** Has a template filled or looked through, in a process of its own. @throws Refusal too_large, too_many_requests, unavailable */
export function askWriter(asked: WriterAsked): Promise<WriterTold> {
  return turns.run('known', async () => {
    const writer = spawnProgram('document', {}, [MEMORY])
    const timer = setTimeout(() => writer.kill('SIGKILL'), MOST_MS)
    try {
      const [told] = await Promise.all([
        firstMessage<WriterTold>(writer),
        new Promise<void>((resolve, reject) => {
          writer.send(asked, (error) => (error ? reject(error) : resolve()))
        }),
      ])
      return told
    } catch {
      throw writer.pid === undefined
        ? new Refusal('unavailable', 'documents.cannotWriteNow')
        : new Refusal('too_large', 'documents.templateTooMuch')
    } finally {
      clearTimeout(timer)
      await endProgram(writer, 0)
    }
  })
}
