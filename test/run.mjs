import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * `npm test`: types, lint, build, then the tests from the smallest to the largest. Everything is run even after a
 * failure; the last lines name the files of which something was skipped (the material they need is not at hand), and the
 * very last says `N passed, N failed`, where types, lint and build count as one each.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const results = join(root, 'test-results')
const bin = (name) => join(root, 'node_modules/.bin', name)
const total = { passed: 0, failed: 0 }
/** What was not tested, and why if that is known: one line each. */
const skipped = new Set()

/**
 * Runs a program with its output shown.
 * @param isHeld the output is shown in one piece at the end, as others run meanwhile.
 * @returns its exit code.
 */
function run(title, command, args, isHeld = false) {
  if (!isHeld) console.log(`\n── ${title}`)
  const began = performance.now()
  return new Promise((resolve) => {
    const output = isHeld ? 'pipe' : 'inherit'
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', output, output] })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => said.push(bytes))
    child.once('error', (error) => {
      console.error(`${command} cannot be started: ${error.message}`)
      resolve(1)
    })
    child.once('close', (code) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      if (isHeld) console.log(`\n── ${title}\n${Buffer.concat(said)}`)
      console.log(`── ${title}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)`)
      resolve(code ?? 1)
    })
  })
}

/** One check that counts as one. @returns whether it passed. */
async function check(title, command, args) {
  const ok = (await run(title, command, args, true)) === 0
  total[ok ? 'passed' : 'failed'] += 1
  return ok
}

/** Tries what the projects need first; where it is missing they count as one failure with one sentence. */
async function isPossible(what) {
  const args = ['--import', 'tsx', 'test/support/preflight.ts', what]
  if ((await run(`${what} for tests`, process.execPath, args)) === 0) return true
  total.failed += 1
  skipped.add(`all tests that need a ${what}`)
  return false
}

/** Runs vitest on some projects and adds up its figures. */
async function vitest(...projects) {
  const file = join(results, `${projects[0]}.json`)
  const args = ['run', ...projects.flatMap((name) => ['--project', name])]
  args.push('--reporter=default', '--reporter=json', `--outputFile.json=${file}`)
  const code = await run(`tests: ${projects.join(', ')}`, bin('vitest'), args)
  const { passed, failed, left } = figures(file)
  for (const line of left) skipped.add(line)
  total.passed += passed
  // Something outside any test went wrong: an error that nobody caught, or the runner itself.
  total.failed += failed === 0 && code !== 0 ? 1 : failed
}

function figures(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    // A file that cannot even be loaded has no tests to fail.
    const broken = report.testResults.filter(
      (result) =>
        result.status === 'failed' && !result.assertionResults.some((one) => one.status === 'failed'),
    )
    const left = report.testResults.flatMap(skippedOf)
    return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, left }
  } catch {
    return { passed: 0, failed: 0, left: [] }
  }
}

/** Of the report on one test file, how many of its tests were left out. */
function skippedOf({ name, assertionResults }) {
  const left = assertionResults.filter(({ status }) => ['pending', 'skipped', 'todo'].includes(status))
  return left.length === 0
    ? []
    : [`${relative(root, name)}: ${left.length} of ${assertionResults.length} tests`]
}

const began = performance.now()
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
console.log(`Node ${process.version}, ${availableParallelism()} cores`)

const types = check('types', bin('vue-tsc'), ['--noEmit'])
await check('lint', bin('biome'), ['check', '.'])
const isBuilt = await check('build', process.execPath, ['server/start.mjs', '--build-only'])
await types
const hasPostgres = await isPossible('database')
await vitest('unit')
await vitest('embedded', ...(hasPostgres ? ['postgres'] : []))
if (isBuilt && hasPostgres) await vitest('system')
if (isBuilt && (await isPossible('browser'))) await vitest('browser')

console.log(`\n${((performance.now() - began) / 1000).toFixed(0)} s`)
console.log(
  `${skipped.size === 0 ? 'nothing' : `${skipped.size} files`} skipped${skipped.size === 0 ? '' : ':'}`,
)
for (const line of skipped) console.log(`  ${line}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0
