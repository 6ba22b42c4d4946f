import { mkdirSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

/*
 * Given to a process by `--import`: from SIGUSR2 on its CPU is sampled, and what comes of it is written into PROFILE_DIR
 * when it ends.
 */
const INTERVAL_US = 500
const folder = process.env.PROFILE_DIR

if (isMainThread && folder) {
  process.once('SIGUSR2', () => {
    const session = new Session()
    session.connect()
    session.post('Profiler.enable')
    session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US })
    session.post('Profiler.start')
    process.once('exit', () =>
      session.post('Profiler.stop', (_error, { profile }) => {
        mkdirSync(folder, { recursive: true })
        writeFileSync(join(folder, `monitor-${process.pid}.cpuprofile`), JSON.stringify(profile))
      }),
    )
  })
}
