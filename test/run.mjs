import { spawn } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { availableParallelism, freemem, tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * `npm test`: types, lint, build, then the tests from the smallest to the largest. Everything is run even after a
 * failure; the last lines name the slowest files, those of which something was skipped (the material they need is not at
 * hand), each test that failed beside others but passed alone, and each that failed, with its reason; the very last says
 * `N passed, N failed`, where types, lint and build count as one each.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const results = join(root, 'test-results')
const bin = (name) => join(root, 'node_modules/.bin', name)
const total = { passed: 0, failed: 0 }
/** What was not tested, and why if that is known: one line each. */
const skipped = new Set()
/** What failed, with its reason: one text each. */
const failures = []
/** What failed beside others and passed alone, with its first reason. */
const unsteady = []
/** How long each file took on each kind of database, in ms. */
const times = []

/**
 * Where tests put their databases: in memory where there is room for them, as a copy of one for each file has the disk
 * busy for a fifth of their time. A folder of this run, which goes with it, whatever a test that was killed left there.
 */
const folder = mkdtempSync(join(process.env.TMPDIR ?? memoryFolder() ?? tmpdir(), 'siteward-tests-'))
// A database server that root starts runs as somebody else, and has its folder in this one.
chmodSync(folder, 0o755)
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }))
  process.once(signal, () => process.exit(128 + number))

function memoryFolder() {
  const shared = '/dev/shm'
  try {
    accessSync(shared, constants.W_OK)
    const { bavail, bsize } = statfsSync(shared)
    return bavail * bsize > 6 * 1024 ** 3 && freemem() > 8 * 1024 ** 3 ? shared : undefined
  } catch {
    return undefined
  }
}

/**
 * Runs a program with its output shown.
 * @param isHeld the output is shown in one piece at the end, as others run meanwhile; `env`: more of its environment.
 * @returns its exit code.
 */
function run(title, command, args, { isHeld = false, env: more = {} } = {}) {
  if (!isHeld) console.log(`\n── ${title}`)
  const began = performance.now()
  return new Promise((resolve) => {
    const output = isHeld ? 'pipe' : 'inherit'
    const env = { ...process.env, ...more, TMPDIR: folder }
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', output, output] })
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
  const ok = (await run(title, command, args, { isHeld: true })) === 0
  total[ok ? 'passed' : 'failed'] += 1
  if (!ok) failures.push(`${title}: see above`)
  return ok
}

/** Tries what the projects need first; where it is missing they count as one failure with one sentence. */
async function isPossible(what) {
  const args = ['--import', 'tsx', 'test/support/product/preflight.ts', what]
  if ((await run(`${what} for tests`, process.execPath, args)) === 0) return true
  total.failed += 1
  failures.push(`the ${what} for tests cannot be started: see above`)
  skipped.add(`all tests that need a ${what}`)
  return false
}

/**
 * Runs vitest on some projects, in so many workers, and adds up its figures. Files in which something failed are run once
 * more when all others are done, one by one (docs/decisions/second-run.md).
 */
async function vitest(projects, workers) {
  const first = await runFiles(projects, workers)
  const again = [...new Set(first.files.filter(({ failed }) => failed.length > 0).map(({ name }) => name))]
  const isAgain = again.length > 0 && again.length <= MOST_AGAIN
  // The check of types may still have a processor.
  if (isAgain) await types
  const second = isAgain ? await runFiles(projects, 1, again) : { files: [], outside: 0 }
  const unseen = first.files.filter(({ name }) => !second.files.some((file) => file.name === name))
  for (const { name, ms } of [...unseen, ...second.files]) if (ms > 0) times.push({ name, ms })
  for (const { passed, failed, left } of [...unseen, ...second.files]) {
    for (const line of left) skipped.add(line)
    total.passed += passed.length
    total.failed += failed.length
    failures.push(...failed.map(({ text }) => text))
  }
  for (const file of first.files.filter((one) => !unseen.includes(one))) settle(file, second.files)
  const outside = first.outside + second.outside
  if (outside === 0) return
  total.failed += 1
  failures.push(`${projects.join(', ')}: an error outside any test, or the runner itself; see above`)
}

/** Of each test of a file that failed: it passed the second time, or failed and is told as that, or was not run at all. */
function settle({ name, failed }, second) {
  const files = second.filter((file) => file.name === name)
  const named = (one) => files.flatMap((file) => file[one]).map(({ title }) => title)
  const [passed, still] = [named('passed'), named('failed')]
  for (const { title, text } of failed) {
    if (still.includes(title)) continue
    // A file that could not even be loaded has passed when something in it was run.
    const hasPassed = title === name ? passed.length > 0 : passed.includes(title)
    if (hasPassed) unsteady.push(text)
    else {
      total.failed += 1
      failures.push(text)
    }
  }
}

/** Runs vitest once. @returns figures of each file, and how many errors there were outside any test. */
async function runFiles(projects, workers, names = []) {
  const isAgain = names.length > 0
  const report = join(results, `${projects[0]}${isAgain ? '-again' : ''}`)
  const args = ['run', ...names, ...projects.flatMap((name) => ['--project', name])]
  args.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}.json`)
  args.push('--reporter=./test/support/run/outside-errors.ts')
  // By the environment: what the command line says of it does not reach the projects.
  const env = {
    VITEST_MAX_WORKERS: String(workers),
    TEST_PATIENCE: String(PATIENCE),
    TEST_OUTSIDE: `${report}.outside`,
    ...(isBuilt && { TEST_BUILT: join(root, 'dist/server') }),
  }
  const title = `tests${isAgain ? ' that failed, once more' : ''}: ${projects.join(', ')}`
  const code = await run(title, bin('vitest'), args, { env })
  const read = (ending) =>
    existsSync(`${report}${ending}`) ? readFileSync(`${report}${ending}`, 'utf8') : null
  const files = JSON.parse(read('.json') ?? '{"testResults":[]}').testResults.map(figures)
  // A runner that ended before its reports were written is an error, too.
  const outside = Number(read('.outside') ?? 1)
  const isExplained = code === 0 || outside > 0 || files.some(({ failed }) => failed.length > 0)
  return { files, outside: isExplained ? outside : 1 }
}

/** The figures of the report on one test file. */
function figures(result) {
  const { name, startTime, endTime, assertionResults } = result
  const passed = assertionResults.filter(({ status }) => status === 'passed')
  return {
    name: relative(root, name),
    ms: endTime - startTime,
    passed: passed.map(({ fullName }) => ({ title: fullName })),
    failed: failuresOf(result),
    left: skippedOf(result),
  }
}

/** Of the report on one test file, each test that failed with the first lines of its reason. */
function failuresOf({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((one) => one.status === 'failed')
  const file = relative(root, name)
  // A file that cannot even be loaded has no tests to fail.
  if (failed.length === 0)
    return status === 'failed' ? [{ title: file, text: `${file}\n${reason(message)}` }] : []
  return failed.map(({ fullName, failureMessages }) => {
    const text = `${file} > ${fullName}\n${reason(failureMessages.join('\n'))}`
    return { title: fullName, text }
  })
}

const reason = (text) => {
  const lines = text.split('\n').filter((line) => !line.includes('/node_modules/'))
  return lines.slice(0, 8).join('\n').replace(/^/gm, '    ')
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
console.log(`Node ${process.version}, ${availableParallelism()} cores, databases in ${folder}`)

// Checking types keeps one processor busy for a minute: lint, build and the small tests go on beside it.
const TWO = 2
// They wait for sockets and clocks: a third worker has the time of the two.
const THREE = 3

/** A limit of time is there to end what hangs: beside others, on a slow machine, all takes so many times as long. */
const PATIENCE = 4

/** Files that are run once more at most, of those that are run together: where more fail it is no accident. */
const MOST_AGAIN = 5

const types = check('types', bin('vue-tsc'), ['--noEmit'])
await check('lint', bin('biome'), ['check', '.'])
const isBuilt = await check('build', process.execPath, ['server/start.mjs', '--build-only'])
await vitest(['unit', 'alone'], TWO)
await types
const hasPostgres = await isPossible('database')
await vitest(['embedded', ...(hasPostgres ? ['postgres'] : [])], THREE)
const hasBrowser = isBuilt && (await isPossible('browser'))
const large = [...(isBuilt && hasPostgres ? ['system'] : []), ...(hasBrowser ? ['browser'] : [])]
if (large.length > 0) await vitest(large, THREE)

console.log(`\n${((performance.now() - began) / 1000).toFixed(0)} s`)
console.log(
  `${skipped.size === 0 ? 'nothing' : `${skipped.size} files`} skipped${skipped.size === 0 ? '' : ':'}`,
)
for (const line of skipped) console.log(`  ${line}`)
console.log('the slowest files:')
for (const { name, ms } of times.sort((a, b) => b.ms - a.ms).slice(0, 10))
  console.log(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`)
if (unsteady.length > 0) console.log('failed beside others, and passed alone:')
for (const text of unsteady) console.log(`  ${text}`)
if (failures.length > 0) console.log('failed:')
for (const text of failures) console.log(`  ${text}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0
