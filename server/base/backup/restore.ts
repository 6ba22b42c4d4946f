import { runCommand, type Work } from './command.ts'
import { checkBackup } from './read-file.ts'
import { restore } from './target.ts'

/**
 * `npm run restore -- FILE`: puts a backup into an empty database, or with `--force` in the place of what is there.
 * @returns the exit code
 */
export const main = (argv: readonly string[], env = process.env): Promise<number> =>
  runCommand(argv, env, { usage: 'usageRestore', options: ['force', 'check'], work: putBack })

const putBack: Work = async ({ file, force, check }, config, say) => {
  const began = performance.now()
  if (check) {
    const { head, rows } = await checkBackup(file)
    const { at, program, migrations } = head
    return [say('checked', { file, at, rows, program, migration: migrations.at(-1) ?? '' })]
  }
  const { head, applied, withJobs, unanalyzed, before, rows } = await restore(config, file, force)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const lines = [say('restored', { at: head.at, rows, seconds })]
  if (applied.length > 0) lines.push(say('migrated', { names: applied.join(', ') }))
  if (!withJobs) lines.push(say('jobsLeft'))
  if (unanalyzed !== null) lines.push(say('unanalyzed', { why: unanalyzed }))
  if (before !== null) lines.push(say('moved', { folder: before }))
  return lines
}
