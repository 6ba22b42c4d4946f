/*
 * What `npm start`, `npm run dev`, `npm run import` and `npm run read` begin with: builds what is missing or older
 * than its sources, then runs it.
 *
 *   node server/start.mjs                     build if needed, then the product
 *   node server/start.mjs --dev               the server from source, restarted on changes, and Vite for the pages
 *   node server/start.mjs --build-only
 *   node server/start.mjs --run NAME -- ARGS  one of the command-line programs
 *   node server/start.mjs --built NAME -- ARGS  the same as it was built last, for whoever may not build
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

const self = fileURLToPath(import.meta.url)
const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const tell = (text) => process.stderr.write(`${text}\n`)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  tell(`Siteward needs Node.js 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

/** When the newest file below these paths was changed. One that goes away meanwhile, as an editor's, is none. */
function newest(...paths) {
  let latest = 0
  for (const path of paths) {
    const stat = statSync(`${root}/${path}`, { throwIfNoEntry: false })
    if (!stat?.isDirectory()) latest = Math.max(latest, stat?.mtimeMs ?? 0)
    else
      for (const name of readdirSync(`${root}/${path}`)) latest = Math.max(latest, newest(`${path}/${name}`))
  }
  return latest
}

/** What the build itself is made by. */
const CONFIGS = readdirSync(root).filter((name) => /^vite\.\w+\.ts$/.test(name))

function isStale(built, ...sources) {
  if (!existsSync(`${root}/${built}`)) return true
  return statSync(`${root}/${built}`).mtimeMs < newest(...sources, ...CONFIGS, 'package.json')
}

async function build(mode, label) {
  tell(`Building ${label} …`)
  const { build } = await import('vite')
  await build({ root: undefined, configFile: `${root}/vite.config.ts`, mode, logLevel: 'warn' })
}

/** What takes longer than this hangs. */
const PREPARING_MS = 120_000
const isPrepared = () => existsSync(`${root}/dist/server/prepared`)

/** Makes the database that a first start copies, beside what else is built. Whatever comes of it: without it a first start makes its own. */
function prepare() {
  tell('Preparing the embedded database …')
  const child = spawn(process.execPath, [self, '--built', 'prepare'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), PREPARING_MS)
  const end = () => child.kill('SIGTERM')
  process.once('exit', end)
  return new Promise((resolve) => {
    for (const over of ['exit', 'error']) {
      child.once(over, () => {
        clearTimeout(timer)
        process.off('exit', end)
        resolve()
      })
    }
  })
}

/** Who builds writes here which process it is, and touches it while it is at it. */
const LOCK = `${root}/dist/.building`
const TOUCH_MS = 1_000
/** A build that has not been heard of for so long has ended, though another process may have its number by now. */
const LEFT_MS = 60_000

function isLeft() {
  const touched = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs
  if (touched === undefined) return false
  if (performance.timeOrigin + performance.now() - touched > LEFT_MS) return true
  try {
    // One that has only just been made may be empty still.
    const pid = Number(readFileSync(LOCK, 'utf8'))
    // In a container the one that was killed had the number of the next.
    if (pid === process.pid) return true
    if (pid > 0) process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Two that build at once would take each other's files away: the second waits, and then finds nothing stale. */
async function alone(work) {
  mkdirSync(`${root}/dist`, { recursive: true })
  for (let isTold = false; ; ) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isLeft()) rmSync(LOCK, { force: true })
      else {
        if (!isTold) tell('Waiting for another build …')
        isTold = true
        await sleep(200)
      }
    }
  }
  const touch = setInterval(() => existsSync(LOCK) && writeFileSync(LOCK, String(process.pid)), TOUCH_MS)
  try {
    await work()
  } finally {
    clearInterval(touch)
    rmSync(LOCK, { force: true })
  }
}

const isServerStale = () => isStale('dist/server/main.js', 'server', 'shared')
const isWebStale = () => isStale('dist/web/index.html', 'web', 'shared')
const isBuilt = (needsWeb) => !existsSync(LOCK) && !isServerStale() && !(needsWeb && isWebStale())

async function buildWhatIsStale(needsWeb) {
  process.chdir(root)
  if (isBuilt(needsWeb) && (!needsWeb || isPrepared())) return
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  await alone(async () => {
    if (isServerStale()) await build('server', 'the server')
    if (!needsWeb) return
    const prepared = isPrepared() ? null : prepare()
    try {
      if (isWebStale()) await build('production', 'the pages')
    } finally {
      await prepared
    }
  })
  if (before === undefined) delete process.env.NODE_ENV
  else process.env.NODE_ENV = before
}

/** Has another process build what is stale: a bundler takes hundreds of MB, which the product would keep for as long as it runs. */
async function buildApart() {
  process.chdir(root)
  if (isBuilt(true)) return
  const builder = spawn(process.execPath, [self, '--build-only'], {
    stdio: 'inherit',
  })
  const end = () => builder.kill('SIGTERM')
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end)
  const [code, signal] = await once(builder, 'exit')
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, end)
  if (code === 0) return
  if (signal) tell(`The build was ended (${signal}).`)
  process.exit(code ?? 1)
}

function startDevelopment() {
  const options = { cwd: root, stdio: 'inherit' }
  const children = [
    spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'watch', 'server/app/main.ts'], options),
    spawn(process.execPath, ['node_modules/vite/bin/vite.js'], options),
  ]
  const end = () => {
    for (const child of children) child.kill('SIGTERM')
  }
  for (const child of children) child.once('exit', end)
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}

if (args.includes('--dev')) {
  startDevelopment()
} else if (args[0] === '--run' || args[0] === '--built') {
  const [how, name, ...rest] = args
  const here = process.cwd()
  if (how === '--run') await buildWhatIsStale(false)
  process.chdir(here)
  const program = await import(pathToFileURL(`${root}/dist/server/${name}.js`).href)
  process.exitCode = await program.main(rest[0] === '--' ? rest.slice(1) : rest)
} else if (args.includes('--build-only')) {
  await buildWhatIsStale(true)
} else {
  await buildApart()
  process.env.NODE_ENV ??= 'production'
  await import(pathToFileURL(`${root}/dist/server/main.js`).href)
}
