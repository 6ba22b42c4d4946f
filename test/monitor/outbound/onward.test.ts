import { expect, test } from 'vitest'
import { onwardOf } from '../../../server/monitor/outbound/looks/onward.ts'
import { softRedirect } from '../../../server/monitor/visit/page/refresh.ts'

const T = 'https://www.bocai88.com/'
const ASKED = 'http://www.example.cn/'
/** As those lead on who took a host over. */
const LEADING = [
  `<meta http-equiv="refresh" content="0;url=${T}">`,
  `<meta http-equiv=refresh content="0; URL='${T}'">`,
  `<META HTTP-EQUIV="Refresh" CONTENT="3;URL=${T}">`,
  `<meta content="0;url=${T}" http-equiv="refresh">`,
  `<script>location.href="${T}"</script>`,
  `<script>window.location='${T}'</script>`,
  `<script>top.location.href = "${T}";</script>`,
  `<script>location.replace("${T}")</script>`,
  `<script>window.location.assign('${T}');</script>`,
  `<script>self.location="${T}"</script>`,
  `<script>window["location"]["href"]="${T}"</script>`,
  `<script>setTimeout("location.href='${T}'",100)</script>`,
  `<script>setTimeout(function(){window.location.href='${T}'},0)</script>`,
  `<script>var u="${T}";location.href=u;</script>`,
  `<script>var u='${T}';window.location.replace(u)</script>`,
  `<script>location.href="https://www."+"bocai88.com/"</script>`,
  `<script>location.href=atob("${Buffer.from(T).toString('base64')}")</script>`,
  `<script>window.open("${T}","_self")</script>`,
  `<script>document.location="${T}"</script>`,
  `<body onload="location.href='${T}'"></body>`,
  `<script>if(/baidu/.test(document.referrer)){location.href="${T}"}</script>`,
  `<script>var s=document.referrer;if(s.indexOf("baidu")>0)self.location='${T}';</script>`,
  `<script>eval(String.fromCharCode(${[...`location.href="${T}"`].map((c) => c.charCodeAt(0))}))</script>`,
  `<script>document.write('<meta http-equiv="refresh" content="0;url=${T}">')</script>`,
  `<a id="a" href="${T}"></a><script>document.getElementById("a").click()</script>`,
  `<script>location["replace"]("${T}")</script>`,
  `<iframe src="${T}" width="100%" height="100%" frameborder=0></iframe>`,
  `<frameset rows="100%"><frame src="${T}"></frameset>`,
  `<script>document.write('<iframe src="${T}" style="width:100%;height:100%"></iframe>')</script>`,
  `<script src="https://js.users.51.la/1.js"></script><script>window.location.href="${T}?c=1"</script>`,
]
const STAYING = [
  `<p>${'正文'.repeat(100)}</p><iframe src="http://map.cn/"></iframe>`,
  '<script>var a="x"</script>',
  '<div id="app"></div><script>window.__INITIAL__={a:"http://x.cn/"}</script>',
  '<iframe src="/a"></iframe><iframe src="/b"></iframe>',
  '<script>if(location.href=="http://x.cn/"){}</script>',
  '<script>var url=location.href;</script>',
  '<script>var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.src="https://hm.baidu.com/hm.js";})();</script>',
]

test('a page that shows nothing and leads on is followed, however its script puts the address together', () => {
  const led = LEADING.filter((said) => {
    const page = `<html><head><title>x</title></head>${said}</html>`
    const target = softRedirect(page)?.target ?? onwardOf(page, ASKED)
    return target?.replace('?c=1', '') !== T
  })
  expect(led).toEqual([])
  expect(STAYING.filter((page) => onwardOf(page, ASKED) !== null)).toEqual([])
})

test('a script that is made to be read without end costs no more than its length', () => {
  for (const part of [
    'location',
    'a="a";',
    'eval(',
    'location.href=a+',
    '<script>',
    'var a=',
    'x=String.fromCharCode(1',
  ])
    expect(onwardOf(`<script>${part.repeat(50_000)}`, ASKED)).toBeNull()
})
