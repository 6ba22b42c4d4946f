import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** What a page may do to whoever draws it, by what it is called. */
export const HOSTILE: Readonly<Record<string, string>> = {
  dialogs:
    '<script>onbeforeunload=function(){return 1};for(let n=0;n<9;n++)alert(n)||confirm(n)||prompt(n)</script><p>2026-03-01</p>',
  windows:
    '<script>setInterval(function(){for(let n=0;n<50;n++)open("/windows?"+n)},10)</script><p>2026-03-01</p>',
  loop: '<p>2026-03-01</p><script>setTimeout(function(){for(;;);},50)</script>',
  memory:
    '<script>const all=[];setInterval(function(){for(let n=0;n<8;n++){const one=new Uint8Array(32<<20);one.fill(n+1);all.push(one)}},5)</script>',
  download: '<script>location.href="/file.bin"</script>',
  workers:
    '<script>const one=URL.createObjectURL(new Blob(["for(;;);"]));for(let n=0;n<20;n++)new Worker(one)</script><p>2026-03-01</p>',
  greedy:
    '<script>(function more(){fetch("/much?"+Math.random()).then(more);fetch("/much?"+Math.random())})()</script>',
  inner:
    '<script>for(const at of ["http://169.254.169.254/latest/meta-data/","http://127.0.0.1:TRAP/script","http://[::1]:TRAP/six","http://rebinding.test:TRAP/name"]){fetch(at,{mode:"no-cors"}).catch(function(){});new Image().src=at};try{new WebSocket("ws://127.0.0.1:TRAP/socket")}catch(e){}</script><iframe src="http://127.0.0.1:TRAP/frame"></iframe><p>2026-03-01</p>',
  redirect: '<script>location.replace("http://127.0.0.1:TRAP/redirect")</script>',
  list: '<ul id="news"></ul><script>setTimeout(function(){news.innerHTML="<li><a href=/a.html>关于召开会议的通知</a><span>2026-03-01</span></li>"},300)</script>',
  slow: '<ul id="news"></ul><script>fetch("/late").then(function(one){return one.text()}).then(function(text){news.innerHTML=text})</script>',
  lies: '<p>x</p><script>const real=String.prototype.slice;String.prototype.slice=function(a,b){return String(this).startsWith("<!DOCTYPE html>\\n")?{length:2e9}:real.call(this,a,b)}</script>',
  nowhere: '<p>x</p><script>setTimeout(function(){location.href="about:blank"},100)</script>',
  long: '<p>x</p><script>history.replaceState("","","/long?"+"x".repeat(1500000))</script>',
  framed: '<h1>某局</h1><iframe src="/list"></iframe>',
  // Six lists, each asked for when somebody has come to the end of those before; the last, which is the newest, a while after that.
  grows:
    '<h1>某局</h1><div style="height:1400px"></div><script>let n=0,isOut=false;function ask(){fetch("/items?2026-0"+n).then(function(one){return one.text()}).then(function(text){const list=document.body.appendChild(document.createElement("ul"));list.innerHTML=text;list.style.height="500px";isOut=false})}addEventListener("scroll",function(){if(isOut||n>5||scrollY+innerHeight<document.documentElement.scrollHeight-300)return;isOut=true;n++;setTimeout(ask,n>5?400:0)})</script>',
  // Nothing of the page itself changes when the list within it has come, which is put in its place a moment later.
  framedSlow: '<h1>某局</h1><iframe src="/putLater"></iframe>',
  putLater:
    '<ul id="news"></ul><script>fetch("/late").then(function(one){return one.text()}).then(function(text){setTimeout(function(){news.innerHTML=text},900)})</script>',
  manyFrames: '<p>2026-03-01</p><iframe srcdoc="<p>x</p>"></iframe>'.repeat(60),
  talks:
    '<p>2026-03-01</p><script>setInterval(function(){console.log("x");setTimeout(function(){throw new Error("x")})},4);fetch("/late")</script>',
  restores:
    '<p id="one">姓名：张三 身份证号：440106199001011016</p><script>const text=one.innerHTML;new MutationObserver(function(){if(one.innerHTML!==text)one.innerHTML=text}).observe(one,{childList:true,subtree:true,characterData:true})</script>',
  // After the page was covered and before its picture is taken, signs are tried on a canvas: by then the list is written anew.
  redrawn:
    '<p id="one"></p><script>const real=HTMLCanvasElement.prototype.getContext;HTMLCanvasElement.prototype.getContext=function(...all){one.textContent="姓名：张三 身份证号：440106199001011016";return real.apply(this,all)}</script>',
  closed:
    '<div id="one"></div><script>const root=one.attachShadow({mode:"closed"});let text="姓名：张三 身份证号：440106199001011016";root.innerHTML="<p>"+text+"</p>";new MutationObserver(function(){if(root.textContent!==text)root.innerHTML="<p>"+text+"</p>"}).observe(root,{childList:true,subtree:true,characterData:true})</script>',
}

let packed: Buffer | null = null
/** A file of 900 MB that is sent as one of less than one. */
const PACKED = (): Buffer => {
  packed ??= gzipSync(Buffer.alloc(900 * 2 ** 20), { level: 1 })
  return packed
}

const item = (day: string) =>
  `<li><a href="/${day}.html">关于召开全市工作会议的通知（${day}）</a><span>${day}</span></li>`
/** Asks for a list, and puts it where it belongs. */
const asking = (at: string) =>
  `<script>fetch("${at}").then(function(one){if(!one.ok)throw one;return one.text()}).then(function(text){document.getElementById("news").innerHTML=text})</script>`
const filled = (at: string, besides = '') => `<h1>某局</h1>${besides}<ul id="news"></ul>${asking(at)}`
const COUNTER = '<script src="http://counter.test:TRAP/count.js"></script>'

/** Pages that are nothing without what they ask for, by what becomes of that. The newest list is of March 2026. */
export const ASKING: Readonly<Record<string, string>> = {
  listRefused: filled('/refused'),
  listBroken: filled('/broken'),
  listNever: filled('/never'),
  listInside: filled('http://127.0.0.1:TRAP/list'),
  scriptGone: '<div id="app"></div><script src="/gone"></script>',
  frameRefused: '<h1>某局</h1><iframe src="/refused"></iframe>',
  socketRefused:
    '<ul id="news"></ul><script>new WebSocket("ws://127.0.0.1:TRAP/").onmessage=function(one){news.innerHTML=one.data}</script>',
  oneOld: filled('/refused', `<ul>${item('2026-01-05')}</ul>`),
  otherCame: filled('/items?2026-01', '<ul id="more"></ul><script>fetch("/refused")</script>'),
  left: '<script>fetch("/never");location.replace("/cameNew")</script>',
  cameNew: filled('/items?2026-03'),
  cameOld: filled('/items?2026-01'),
  countedNew: filled('/items?2026-03', COUNTER),
  countedOld: filled('/items?2026-01', COUNTER),
  countedEmpty: `<div id="app"></div>${COUNTER}`,
  brokenOff: filled(
    '/items?2026-01',
    '<script>const over=new AbortController();fetch("/never",{signal:over.signal}).catch(function(){});setTimeout(function(){over.abort()},200)</script>',
  ),
  givenUp: filled(
    '/items?2026-01',
    '<script>const wait=new AbortController();fetch("/never",{signal:wait.signal}).catch(function(){});setTimeout(function(){wait.abort()},2000)</script>',
  ),
  queried: `<h1>某局</h1><ul>${item('2026-01-05')}</ul><script>fetch("http://lists.test:TRAP/api/station?pageCount=15&status=1")</script>`,
  ownScript: `<h1>某局</h1><ul>${item('2026-01-05')}</ul><div id="app"></div><script src="/refused"></script>`,
  nothing: '<div id="app"></div><script>document.title="某局"</script>',
}

/** Serves these pages on loopback, and a trap that nothing may reach. */
export interface HostileSite {
  readonly port: number
  readonly trapped: string[]
  close(): void
}

const listen = (server: Server) =>
  new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )

export async function hostileSite(pages = HOSTILE, udpPort = 0): Promise<HostileSite> {
  const trapped: string[] = []
  const trap = createServer((request, response) => {
    trapped.push(request.url ?? '')
    response.end()
  })
  const trapPort = await listen(trap)
  const site = createServer((request, response) => {
    const name = /^\/(\w+)/.exec(request.url ?? '')?.[1] ?? ''
    if (name === 'file') {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('x'.repeat(9_000))
    } else if (name === 'much') response.end('x'.repeat(400_000))
    else if (name === 'late') setTimeout(() => response.end('<li>2026-03-01</li>'), 2_500)
    else if (name === 'packed') {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(PACKED())
    } else if (name === 'gone') response.writeHead(404).end('<p>404</p>')
    else if (name === 'refused') response.writeHead(403).end('<p>403</p>')
    else if (name === 'broken') response.writeHead(500).end('<p>500</p>')
    else if (name === 'never') request.resume()
    else if (name === 'items') {
      const month = /\d{4}-\d\d/.exec(request.url ?? '')?.[0] ?? ''
      response.end(Array.from({ length: 6 }, (_, n) => item(`${month}-0${n + 1}`)).join(''))
    } else {
      const html = (pages[name] ?? '').replaceAll('TRAP', String(trapPort)).replaceAll('UDP', String(udpPort))
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(`<!DOCTYPE html><html><head><title>${name}</title></head><body>${html}</body></html>`)
    }
  })
  const port = await listen(site)
  return {
    port,
    trapped,
    close() {
      for (const server of [site, trap]) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}
