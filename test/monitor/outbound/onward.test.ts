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
  `<script>function go(){location.href="https://www."+"bocai88.com/"}go()</script>`,
  `<script>function go(){location.href="https://www."+"bocai88.com/"}</script><body onload="go()">`,
  `<script>(function(){var u="https://www."+"bocai88.com/";location.href=u})()</script>`,
  `<script>window.onload=function(){location.href="https://www."+"bocai88.com/"}</script>`,
  `<script><!--\nvar r=document.referrer\nif(r.indexOf("sogou")>0){top.location="https://www."+"bocai88.com/"}\n//--></script>`,
  `<script>var a=b?1:2\nlocation.href="https://www."+"bocai88.com/"</script>`,
  `<style>html,body,iframe{width:100%;height:100%}</style><iframe src="${T}"></iframe>`,
  `<iframe style="position:fixed;inset:0;border:0" src="${T}" width="100%"></iframe>`,
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
  `<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-1" height="0" width="0" style="display:none;visibility:hidden"></iframe></noscript>`,
  `<iframe src="https://www.googletagmanager.com/ns.html?id=GTM-1" height="0" width="0"></iframe>`,
  `<iframe src="http://map.cn/"></iframe>`,
  `<iframe src="http://map.cn/" width="100%" height="200"></iframe>`,
  `<iframe src="http://map.cn/" style="width:100%;height:100%;display:none"></iframe>`,
  `<!-- <iframe src="${T}" width="100%" height="100%"></iframe> -->`,
  `<noframes><iframe src="${T}" width="100%" height="100%"></iframe></noframes>`,
  `<script>function beian(){window.open("https://beian.miit.gov.cn/")}</script><a onclick="beian()">备案</a>`,
  `<script>var beian=function(){window.open("https://beian.miit.gov.cn/")};el.onclick=beian</script>`,
  `<script>el.onclick=function(){location.href="/a"+"b"}</script>`,
  `<script>$("#a").click(function(){location.href="/a"+"b"});$("b").on("click",()=>{location.href="/c"+""})</script>`,
  `<script>var app={go:function(){location.href="/a"+"b"}}</script>`,
  `<script>if(navigator.userAgent.indexOf("MSIE")>0){location.href="/ie"+".html"}</script>`,
  `<script>if(/Android|iPhone/.test(navigator.userAgent)) window.location.href="http://m.example"+".cn/"</script>`,
  `<script>if(a){b()}else location.href="/a"+"b"</script>`,
  `<script>isOld && (location.href="/a"+"b")</script>`,
  `<script>// location.href="/a"+"b"\nvar a="http://x.cn/";/* location="/a"+"b" */</script>`,
  `<script>// document.write('<iframe src="${T}" width="100%" height="100%"></iframe>')</script>`,
  `<script>document.write('<a onclick="location.href=1">x</a>')</script><script>try{a()}catch(e){location="/e"+""}</script>`,
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
    'location="\\"',
    "location='\\",
    '"\\"\\',
    'location=`',
    'function a(){location=',
    '{location=a;',
    'if(a)location=b\n',
    'a=document.referrer;if(b)location=c\n',
    '<iframe ',
    'document.write("<iframe ',
    '/*location=',
  ])
    expect(onwardOf(`<script>${part.repeat(50_000)}`, ASKED) ?? ASKED).toContain(ASKED)
})
