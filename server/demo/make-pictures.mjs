/*
 * Makes the pictures of the demo: pages of no site, said to be so on each of them, with outlined what a picture of a real one would
 * be about: `CHROMIUM_PATH=… node server/demo/make-pictures.mjs`.
 */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const SIZE = { width: 960, height: 600 }
const QUALITY = 50

const STYLE = `
* { box-sizing: border-box; } body { margin: 0; color: #333; background: #fff; font: 15px/1.6 sans-serif; }
header { display: flex; justify-content: space-between; align-items: center; height: 84px; padding: 0 32px; color: #fff; background: #1f5f9e; }
header b { font-size: 26px; } header span { padding: 2px 10px; border: 1px solid #fff; font-size: 14px; }
nav { display: flex; gap: 36px; padding: 10px 32px; background: #e8eef5; }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; padding: 20px 32px; }
h2 { margin: 0 0 8px; padding-bottom: 4px; border-bottom: 2px solid #1f5f9e; font-size: 17px; }
p { display: flex; align-items: center; gap: 8px; height: 34px; margin: 0; } i { display: block; height: 12px; background: #c9ced6; }
.mark { outline: 3px solid #d02c2c; outline-offset: 2px; }
.wide { grid-column: 1 / -1; }
`
const bar = (width) => `<p><i style="width:${width}px"></i></p>`
const bars = (n, from = 220) => Array.from({ length: n }, (_, at) => bar(from + ((at * 53) % 150))).join('')
const said = (text, isMarked = true) => `<p${isMarked ? ' class="mark"' : ''}>${text}</p>`
const box = (name, inner, wide = false) =>
  `<section${wide ? ' class="wide"' : ''}><h2>${name}</h2>${inner}</section>`
const home = (first, second) => `${box('工作动态', first)}${box('通知公告', second)}`

/** What stands on each; bars are text that says nothing. */
const PAGES = {
  old: home(`${said('页面上最新的一条（已超过时限）')}${bars(9)}`, bars(10)),
  new: home(`${said('新发布的一条')}${bars(9)}`, bars(10)),
  blank: box('政策解读', `${said('本栏目暂无内容')}`, true),
  filled: box('政策解读', `${said('新发布的一条')}${bars(9, 420)}`, true),
  broken: home(bars(10), `${bars(3)}${said('附件：申请表（打不开）')}${bars(6)}`),
  mended: home(bars(10), `${bars(3)}${said('附件：申请表')}${bars(6)}`),
  error: `<section class="wide"><h2>502</h2>${said('网站暂时无法访问', false)}</section>`,
  home: home(bars(10), bars(10)),
  guide: box('办事指南', `${bars(3, 420)}${said('联系电话：（空号）')}${bars(5, 420)}`, true),
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage({ viewport: SIZE })
for (const [name, inner] of Object.entries(PAGES)) {
  await page.setContent(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>${STYLE}</style>
<header><b>演示网站</b><span>示意图，并非真实网站</span></header>
<nav><span>首页</span><span>信息公开</span><span>办事服务</span><span>互动交流</span></nav><main>${inner}</main></html>`)
  const path = fileURLToPath(new URL(`../monitor/pictures/demo/${name}.jpg`, import.meta.url))
  await page.screenshot({ path, type: 'jpeg', quality: QUALITY })
}
await browser.close()
