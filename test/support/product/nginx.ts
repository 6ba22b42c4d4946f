import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
import { freePort } from '../databases/postgres-server.ts'
import { until } from '../until.ts'
import { ROOT, temporaryFolder } from './product.ts'

/** A real nginx before web processes, with the files of `deploy/`. */
export interface Nginx {
  readonly origin: string
  /** A GET through it. @returns its status, 0 where nothing answers, and what was sent */
  ask(path: string, cookie?: string): Promise<{ readonly status: number; readonly text: string }>
  stop(): Promise<void>
}

/** Whether this machine has one. */
export const hasNginx = (): boolean => {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Starts it before those who listen at `ports`, and waits until it hands on what it is asked. */
export async function startNginx(ports: readonly number[]): Promise<Nginx> {
  const folder = temporaryFolder()
  const [plain, secure] = [await freePort(), await freePort()]
  writeFileSync(join(folder, 'siteward.conf'), configuration(folder, plain, secure))
  const servers = ports.map((port) => `server 127.0.0.1:${port} max_fails=2 fail_timeout=5s;\n`)
  writeFileSync(join(folder, 'siteward-upstream.conf'), servers.join(''))
  const main = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off;
    client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; include ${folder}/siteward.conf; }`
  writeFileSync(join(folder, 'nginx.conf'), main)
  mkdirSync(join(folder, 'body'))
  execFileSync('chmod', ['-R', 'a+rwX', folder])
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf')], { stdio: 'inherit' })
  process.once('exit', () => child.kill('SIGTERM'))
  const origin = `https://localhost:${secure}`
  const ask: Nginx['ask'] = (path, cookie = '') => askAt(`${origin}${path}`, cookie)
  await until('the proxy answers', async () => (await ask('/healthz')).status === 200, 20_000)
  return { origin, ask, stop: () => ended(child) }
}

/** `siteward.conf` at other ports and paths, with a certificate of its own. */
function configuration(folder: string, plain: number, secure: number): string {
  const [key, crt] = [join(folder, 'siteward.key'), join(folder, 'siteward.crt')]
  const subject = ['-subj', '/CN=localhost', '-days', '2', '-nodes', '-keyout', key, '-out', crt]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject], { stdio: 'ignore' })
  return readFileSync(join(ROOT, 'deploy/nginx/siteward.conf'), 'utf8')
    .replaceAll('/etc/nginx/tls', folder)
    .replaceAll('/etc/nginx/', `${folder}/`)
    .replace(/listen \[::\].*\n/g, '')
    .replace('listen 80;', `listen ${plain};`)
    .replace('listen 443 ssl;', `listen ${secure} ssl;`)
}

function askAt(url: string, cookie: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const request = get(url, { rejectUnauthorized: false, headers: { cookie } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
      answer.on('error', () => resolve({ status: 0, text }))
    })
    request.on('error', () => resolve({ status: 0, text: '' }))
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
